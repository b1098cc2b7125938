import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { CLERK, OUTLET, TELLER } from '../../platform/commands/demo-data.ts';
import { connectHttp } from '../../platform/commands/http-client.ts';
import type { OrderView } from '../../platform/core/views.ts';
import { orderId } from '../support/ids.ts';
import { BUILT, type Program, run, skipped } from './program.ts';

const MINUTE = 60_000;
const SOON = { timeout: 15_000, interval: 50 };
const NUMBER = '13808001234';
const OTHER = '13808005678';

const folder = mkdtempSync(join(tmpdir(), 'yizhan-control-'));
const data = join(folder, 'data');
let bench: Program;
let url = '';
let teller: ReturnType<typeof connectHttp>;
let orders = 0;

async function start(): Promise<void> {
  bench = run(['start', '--port', '0', '--mqtt-port', '0', '--data', data], folder);
  [, url = ''] = await bench.says(/Page\s+(http:\/\/\S+)[\s\S]*Ctrl-C/, 20_000);
  teller = connectHttp(url, TELLER);
  await everybodyIsThere();
}

/** `yizhan COMMAND …` in another process, as from another terminal. */
async function tell(command: string, args: readonly string[]) {
  const program = run([command, ...args, '--data', data], folder);
  const code = await program.ends(60_000);
  return { code, out: program.out(), errors: program.errors() };
}
const control = (...args: string[]) => tell('bench-control', args);
const hands = (...args: string[]) => tell('counter', args);

/** What a counter's hands or the bench's control must do, and do. */
async function done(...args: string[]): Promise<string> {
  const isControl = ['jump', 'cut-day', 'inject'].includes(args[0] ?? '');
  const { code, out, errors } = await (isControl ? control : hands)(...args);
  expect([code, errors]).toEqual([0, '']);
  return out;
}

/** Reads the card in the reader, and sells to it; `before` comes in between. */
async function sell(amountFen: number, before = () => Promise.resolve('')): Promise<string> {
  const { card } = await teller.post<{ card: SoldTo }>('/api/card-readings', {});
  await before();
  const id = orderId(++orders);
  const { serial, meterNo, customerNo, wallet, returned } = card;
  await teller.post('/api/card-purchases', {
    id,
    card: { serial, meterNo, customerNo, wallet, returned },
    amountFen,
  });
  return id;
}
type SoldTo = { [member in 'serial' | 'meterNo' | 'customerNo' | 'wallet' | 'returned']: unknown };

async function health() {
  const { ok, detail } = (await (await fetch(new URL('/health', url))).json()) as {
    ok: boolean;
    detail: { businessDate: string; online: number; bus: string };
  };
  return { ok, ...detail };
}

/** Carrier and utility, two printers' drivers and the card reader's. */
const everybodyIsThere = () =>
  vi.waitFor(async () => expect(await health()).toMatchObject({ ok: true, online: 5 }), SOON);

async function pay(phone = NUMBER): Promise<string> {
  const id = orderId(++orders);
  await teller.post('/api/payments', {
    id,
    service: 'mobile-topup',
    fields: { phone },
    amountFen: 1_000,
    again: true,
  });
  return id;
}

/** The order when it is so. */
const orderWhen = (id: string, isSo: (order: OrderView) => void | Promise<void>) =>
  vi.waitFor(async () => {
    const order = await teller.get<OrderView>(`/api/orders/${id}`);
    await isSo(order);
    return order;
  }, SOON);

const ends = (id: string, state: OrderView['state']) =>
  orderWhen(id, (order) => expect(order.state).toBe(state));

/** How the latest sheet of its receipt ended. */
const sheetEnds = (id: string, sheet: object) =>
  orderWhen(id, (order) => expect(order.receipt?.prints.at(-1)).toMatchObject(sheet));

/** Asks for it again, as a person does, until it is printed: a printer that was off is found again after a while. */
const reprinted = (id: string) =>
  orderWhen(id, async (order) => {
    const sheet = order.receipt?.prints.at(-1);
    if (sheet?.state === 'failed') await teller.post(`/api/orders/${id}/reprint`, {});
    // What was proven not to have printed makes no copy of the next.
    expect(sheet).toMatchObject({ copy: 0, state: 'printed' });
  });

/** When it happened, in minutes after the order. */
function minutesAfter(order: OrderView, what: string): number {
  const moment = order.history.find((each) => each.what === what);
  if (!moment) throw new Error(`${what} is not in ${JSON.stringify(order.history)}`);
  return (moment.at - order.createdAt) / MINUTE;
}

describe.skipIf(!BUILT)(`yizhan bench-control${skipped}`, () => {
  beforeAll(async () => {
    await start();
    const clerk = connectHttp(url, CLERK);
    await clerk.post('/api/credit/purchases', { id: orderId(900), outlet: OUTLET.code, amountFen: 100_000 });
  });
  afterAll(async () => {
    bench.process.kill('SIGKILL');
    await bench.ends(10_000);
    rmSync(folder, { recursive: true, force: true });
  });

  it('ACC-01 its token is for the bench’s own user only', () => {
    const file = join(data, 'bench-control.json');
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual({
      url,
      token: expect.stringMatching(/^[\w-]{43}$/),
    });
  });

  it('MOB-04 jump: every rung of the ladder, the alert and the end come at their own time, and the receipt is printed', async () => {
    const id = await pay('13808009904');
    await orderWhen(id, ({ history }) => expect(history.map(({ what }) => what)).toContain('accepted'));
    expect(await done('jump', '50m')).toMatch(/现在是 .* it is 20\d\d-/);
    const order = await ends(id, 'succeeded');
    for (const [what, at] of [
      ['inquired 1', 40 / 60],
      ['inquired 3', 2],
      ['inquired 6', 15],
      ['alertRaised', 30],
      ['inquired 8', 45],
      ['succeeded', 45],
    ] as const)
      expect(minutesAfter(order, what), what).toBeCloseTo(at, 1);
    // The driver has learnt the time: a job that is too old by its own clock would not be printed.
    await sheetEnds(id, { copy: 0, state: 'printed' });
    // And so has the carrier, which else would take nothing.
    await ends(await pay(), 'succeeded');
  });

  it('S14 jump and cut-day move the business day, the one at its hour, the other at once', async () => {
    const { businessDate: first } = await health();
    await done('jump', '1d');
    const { businessDate: second } = await health();
    expect(Date.parse(second) - Date.parse(first)).toBe(86_400_000);
    expect(await done('cut-day')).toContain(`营业日 ${(await health()).businessDate}`);
    expect(Date.parse((await health()).businessDate) - Date.parse(second)).toBe(86_400_000);
  });

  it('a jump that does not lead ahead is refused, and time stays', async () => {
    const { businessDate } = await health();
    for (const [length, why] of [
      ['-2h', 'time only goes forward'],
      ['0s', 'ahead'],
      ['2', '2h30m'],
      ['', '2h30m'],
      ['32d', 'ms'],
    ] as const) {
      const { code, errors } = await control('jump', length);
      expect(code, length).not.toBe(0);
      expect(errors, length).toContain(why);
      expect(errors).not.toMatch(/\n\s+at /);
    }
    expect((await health()).businessDate).toBe(businessDate);
  });

  it('inject: a conduct of the carrier, for so many top-ups of one number', async () => {
    expect(await done('inject', 'noSuchAccount', '--account', NUMBER, '--times', '2')).toContain(
      '号码不存在',
    );
    await ends(await pay(OTHER), 'succeeded');
    for (let n = 0; n < 2; n++)
      expect(await ends(await pay(), 'failed')).toMatchObject({ problem: 'counterpart.accountInvalid' });
    await ends(await pay(), 'succeeded');
    // Without a number and a count: the next one, whosever it is.
    await done('inject', 'down');
    expect(await ends(await pay(OTHER), 'failed')).toMatchObject({ problem: 'counterpart.unreachable' });
    await ends(await pay(OTHER), 'succeeded');
  });

  it('inject: the printer without paper, open, and off; printer-ok mends it', async () => {
    for (const [fault, error] of [
      ['printer-paper-out', 'device.paperOut'],
      ['printer-cover-open', 'device.coverOpen'],
      ['printer-off', 'device.offline'],
    ] as const) {
      await done('inject', fault);
      const id = await pay();
      await sheetEnds(id, { state: 'failed', error });
      await done('inject', 'printer-ok');
      await reprinted(id);
    }
  });

  it('inject driver-kill: the driver is gone, comes back by itself, and prints', async () => {
    await done('inject', 'driver-kill');
    await vi.waitFor(async () => expect((await health()).online).toBe(4), SOON);
    await everybodyIsThere();
    await sheetEnds(await pay(), { state: 'printed' });
  });

  it('OPR-007 inject carrier-restart: what the carrier was at work on is unknown, and found by an inquiry', async () => {
    await done('inject', 'lateSuccess');
    const id = await pay();
    await orderWhen(id, (order) => expect(order.counterpartNo).toBeDefined());
    await done('inject', 'carrier-restart');
    await orderWhen(id, ({ history }) =>
      expect(history).toContainEqual(expect.objectContaining({ what: 'unknown', why: 'adapter.restarted' })),
    );
    await everybodyIsThere();
    await done('jump', '45m');
    expect(minutesAfter(await ends(id, 'succeeded'), 'succeeded')).toBeCloseTo(45, 1);
  });

  it('inject broker-restart: everybody connects anew, and a payment goes through', async () => {
    const connections = () => bench.errors().split('connected to mqtt://').length;
    const before = connections();
    await done('inject', 'broker-restart');
    await vi.waitFor(() => expect(connections()).toBe(before + 5), SOON);
    await vi.waitFor(async () => expect(await health()).toMatchObject({ ok: true, bus: 'up' }), SOON);
    await sheetEnds(await pay(), { state: 'printed' });
  });

  it('CAR-01 counter: a card goes in, is sold to, is pulled and put into the meter, from another terminal', async () => {
    expect(await done('insert', '0001')).toMatch(/电卡 card 0001 .* in the reader/);
    const id = await sell(2_500);
    await orderWhen(id, ({ card }) => expect(card?.stage).toBe('closed'));
    expect((await hands('meter', '0001')).errors).toContain('card 0001 is in the reader: pull it first');
    await done('pull');
    expect(await done('meter', '0001')).toContain('显示 shows   37.00 元');
    expect(await done('show')).toMatch(/│ 0001 .*第 8 次 ￥25\.00 .*第 8 次 ￥37\.00/);
    await done('paper', 'out');
    expect(await done('cover', 'open')).toContain('缺纸 no paper   上盖打开 cover open');
    await done('cover', 'close');
    expect(await done('paper', 'in')).toContain('有纸 paper   上盖合好 cover closed');
  });

  it('CAR-07 counter card --pull-at: the next write is torn there, and whole with the card back in', async () => {
    await done('insert', '0002');
    const id = await sell(1_500, () => done('card', '--pull-at', 'write:50'));
    await orderWhen(id, ({ state, card }) => expect([state, card?.stage]).toEqual(['unknown', 'waiting']));
    await done('insert', '0002');
    await teller.post(`/api/orders/${id}/card-work`, {});
    await orderWhen(id, ({ card }) => expect(card?.stage).toBe('closed'));
    await teller.post('/api/card-releases', {});
    expect(await done('show')).toContain('卡在入口 the card is in the mouth');
    await done('pull');
    expect(await done('meter', '0002')).toContain('显示 shows   27.00 元');
  });

  it('counter: what it can not is refused with what it can', async () => {
    for (const [args, why] of [
      [['steal'], /can not «steal»[\s\S]*paper out \| in/],
      [['paper', 'sideways'], /can not «paper sideways»/],
      [['insert'], /whose card/],
      [['insert', '4711'], /no customer’s number ends in «4711»/],
      [['card', '--pull-at', 'read'], /insert one first/],
      [['alarm', 'press'], /--devices all/],
    ] as const) {
      const { code, errors } = await hands(...args);
      expect(code, args.join(' ')).not.toBe(0);
      expect(errors).toMatch(why);
      expect(errors).not.toMatch(/\n\s+at /);
    }
  });

  it('inject --list says what there is in Chinese and English; an unknown fault is refused with the list', async () => {
    const list = await done('inject', '--list');
    for (const name of ['lostReply', 'down', 'printer-off', 'driver-kill', 'broker-restart'])
      expect(list).toMatch(new RegExp(`^ *${name} +[\\u4e00-\\u9fff].* [a-z]+`, 'm'));
    const { code, errors } = await control('inject', 'fire');
    expect(code).not.toBe(0);
    expect(errors).toContain('«fire»');
    expect(errors).toContain(list.trim());
    for (const [option, value] of [
      ['--account', '1380800'],
      ['--times', '0'],
    ] as const)
      expect((await control('inject', 'down', option, value)).errors).toContain(`${option} ${value}`);
    expect((await control('inject', 'printer-off', '--times', '2')).errors).toContain(
      'printer-off happens once',
    );
  });

  it('S11 a bench that has jumped starts again at its own time; without one, or a dead one, that is said', async () => {
    const { businessDate } = await health();
    // As in a power cut: what it left behind must not be taken for a running bench.
    bench.process.kill('SIGKILL');
    await bench.ends(10_000);
    expect(existsSync(join(data, 'bench-control.json'))).toBe(true);
    const nobody = await control('cut-day');
    expect(nobody.code).not.toBe(0);
    expect(nobody.errors).toContain(`no bench is running on ${data}: start one with «npm start»`);

    await start();
    expect((await health()).businessDate).toBe(businessDate);
    expect(bench.out()).toMatch(/Time .*bench-control jump/);
    await ends(await pay(), 'succeeded');
    bench.process.kill('SIGINT');
    expect(await bench.ends(10_000)).toBe(0);
    expect(existsSync(join(data, 'bench-control.json'))).toBe(false);
    expect((await control('cut-day')).errors).toContain('no bench is running');
  });
});
