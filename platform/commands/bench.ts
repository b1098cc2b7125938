import { cpus } from 'node:os';
import { MESSAGES_PER_PAYMENT } from './bench/answer.ts';
import { type Growth, measureGrowth, median } from './bench/growth.ts';
import { measurePayments, measureRoundTrips, type Rate } from './bench/on-the-bus.ts';
import { measureHttp } from './bench/over-http.ts';
import { readOptions } from './options.ts';

const OPTIONS = {
  json: { type: 'boolean', what: 'the figures as JSON on standard output' },
  payments: { type: 'string', default: '20000', what: 'payments a round' },
  orders: { type: 'string', default: '1000000', what: 'finished orders on the disk for the growth figure' },
} as const;

const ROUNDS = 3;
/** Finished orders of the small store that growth is measured against. */
const SMALL = 10_000;

/** `yizhan bench`: how fast, as a ratio to what the same machine's broker can carry in the same run. */
export async function bench(args: string[]): Promise<number> {
  const read = readOptions('bench', args, OPTIONS);
  if (!read.values) {
    console.log(read.help);
    return 0;
  }
  const count = Number(read.values.payments);
  const orders = Number(read.values.orders);
  // Progress goes to standard error, so that the JSON stands alone.
  const say = (line: string) => process.stderr.write(`${line}\n`);

  const trips: Rate[] = [];
  const payments: (Rate & { recordsPerBlock: number })[] = [];
  // In turn, so that the machine's moods fall on both alike.
  for (let round = 1; round <= ROUNDS; round++) {
    trips.push(await measureRoundTrips(count * (MESSAGES_PER_PAYMENT / 2)));
    payments.push(await measurePayments(count));
    say(
      `round ${round} of ${ROUNDS}: ${rounded(trips.at(-1)?.perSecond)} round trips/s, ${rounded(payments.at(-1)?.perSecond)} payments/s`,
    );
  }
  const http = await measureHttp(Math.ceil(count / 4));
  say(`HTTP: ${rounded(http.perSecond)} payments/s`);
  const growth = await measureGrowth(SMALL, orders, progressBar);
  const roundTripsPerSecond = median(trips.map((trip) => trip.perSecond));
  const paymentsPerSecond = median(payments.map((payment) => payment.perSecond));
  const figures = {
    machine: `${cpus().length} × ${cpus()[0]?.model ?? 'processor'}, Node ${process.version}`,
    paymentsPerSecond,
    roundTripsPerSecond,
    messagesPerPayment: MESSAGES_PER_PAYMENT,
    ratio: (paymentsPerSecond * MESSAGES_PER_PAYMENT) / 2 / roundTripsPerSecond,
    p50Ms: median(payments.map((payment) => payment.p50)),
    p99Ms: median(payments.map((payment) => payment.p99)),
    recordsPerBlock: median(payments.map((payment) => payment.recordsPerBlock)),
    roundTripP50Ms: median(trips.map((trip) => trip.p50)),
    roundTripP99Ms: median(trips.map((trip) => trip.p99)),
    httpPaymentsPerSecond: http.perSecond,
    httpP50Ms: http.p50,
    ...growth,
  };
  if (read.values.json) console.log(JSON.stringify(figures, null, 2));
  else report(figures);
  return 0;
}

const rounded = (value: number | undefined) => Math.round(value ?? 0).toLocaleString('en');

function report(f: Growth & { [name: string]: number | string }): void {
  const n = (name: string, digits = 0) =>
    Number(f[name]).toLocaleString('en', { maximumFractionDigits: digits });
  console.log(`
${f.machine}
durable payments        ${n('paymentsPerSecond')} /s   p50 ${n('p50Ms', 1)} ms   p99 ${n('p99Ms', 1)} ms   (64 in flight, ${n('recordsPerBlock', 1)} records a commit)
bare round trips        ${n('roundTripsPerSecond')} /s   p50 ${n('roundTripP50Ms', 1)} ms   p99 ${n('roundTripP99Ms', 1)} ms
ratio                   ${n('ratio', 3)}   = payments/s × ${n('messagesPerPayment')} ÷ 2 ÷ round trips/s
over HTTP               ${n('httpPaymentsPerSecond')} payments/s   p50 ${n('httpP50Ms', 1)} ms
growth                  ${n('growthRatio', 3)}   ${n('smallMs', 3)} ms a payment with ${n('small')} finished orders, ${n('largeMs', 3)} ms with ${n('large')}
restart                 ${n('restartMs')} ms with ${n('large')} finished orders
`);
}

function progressBar(done: number, of: number): void {
  const width = 40;
  const filled = Math.round((done / of) * width);
  const text = `\rfinished orders ${'█'.repeat(filled)}${'░'.repeat(width - filled)} ${done.toLocaleString('en')}`;
  if (process.stderr.isTTY) process.stderr.write(done >= of ? `${text}\n` : text);
}
