import { EventEmitter } from 'node:events';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { decode } from '../../contracts/envelope.ts';
import { nameOf } from '../../contracts/topics.ts';
import { runDriver } from '../../drivers/host/run-driver.ts';
import type { BusListener } from '../../platform/bus/bus.ts';
import { viewOf } from '../../platform/core/views.ts';
import { drivenClock } from '../../platform/service/driven-clock.ts';
import { openPlatform } from '../../platform/service/service.ts';
import { openSqliteStore } from '../../platform/store/sqlite.ts';
import {
  type CarrierOptions,
  type RunningCarrier,
  startCarrier,
} from '../../simulators/counterparts/carrier/start.ts';
import { createPrinter } from '../../simulators/devices/printer/interpreter.ts';
import { listenPrinter } from '../../simulators/devices/printer/tcp.ts';
import { orderId } from '../support/ids.ts';
import { CARRIER, CLERK, OFFICE, OUTLET, PRINTER, START, SYSTEM, TELLER } from '../support/small-platform.ts';
import type { OpenLink, Sent } from './link.ts';

export const AMOUNT = 5_000;
const BOUGHT = 100_000;

/** Said of every message as it passes the platform's ear or mouth; `lose` loses it. */
export type Watch = (message: Sent) => 'lose' | undefined;

/**
 * A platform on its real store and a driven clock, with the simulated carrier, the printer's driver and an emulated printer as
 * MQTT clients, all in this process. The link between them can be cut and opened again at any message.
 */
export async function openCounter(closers: (() => unknown)[], folder: string, openLink: OpenLink) {
  const clock = drivenClock(START);
  closers.push(() => clock.stop());
  const store = await openSqliteStore(join(folder, 'store'));
  const failures: Error[] = [];
  const platform = await openPlatform({ store, clock, onFatal: (error) => failures.push(error) });
  const passed = new EventEmitter();
  const said: Sent[] = [];
  let watch: Watch = () => undefined;
  let isAway = false;

  /** Requests that are on their way or being worked at, by the suffix of the reply that ends that. */
  const open = new Map<string, string>();
  const follow = ({ topic, text }: Sent) => {
    const read = decode(text);
    if (!read.ok) return;
    const { id, type, causation } = read.envelope;
    if (topic.endsWith('/req')) open.set(id, type.endsWith('.perform') ? '.accepted' : '.completed');
    else if (causation !== undefined && type.endsWith(open.get(causation) ?? '?')) open.delete(causation);
  };

  const pass = (message: Sent, on: () => void) => {
    said.push(message);
    follow(message);
    // Whoever watches may cut the link here: then the message was on its way, unless it is said to be lost.
    const lost = watch(message) === 'lose';
    if (!lost) on();
    passed.emit('message', message);
  };
  const listener: BusListener = {
    ...platform.listener,
    message: (topic, payload) =>
      pass({ topic, text: Buffer.from(payload).toString() }, () => platform.listener.message(topic, payload)),
  };
  const link = await openLink([nameOf(CARRIER), nameOf(PRINTER)], listener);
  closers.push(() => link.close());
  // Before the link: a platform must not speak into one that is closed.
  closers.push(() => platform.close());
  const say = (topic: string, text: string) => pass({ topic, text }, () => link.bus().publish(topic, text));
  platform.connect({ url: link.url, publish: say, close: () => link.bus().close() });
  // A place starts nothing without a fresh time, and a jump makes the old one stale.
  clock.onJump(() => platform.listener.up());

  const command = async (...asked: Parameters<typeof platform.command>) => {
    const reply = await platform.command(...asked);
    if (!reply.ok) throw new Error(`${asked[1].type} was refused: ${reply.code}`);
  };
  for (const [code, kind] of [
    [OUTLET, 'outlet'],
    [OFFICE, 'office'],
  ] as const)
    await command(SYSTEM, { type: 'registerOrganisation', organisation: { code, kind, name: code } });
  await command(CLERK, { type: 'buyCredit', id: orderId(900), outlet: OUTLET, amountFen: BOUGHT });

  const until = async (isSo: () => boolean | Promise<boolean>) => {
    while (!(await isSo())) await platform.nextChange();
  };
  const epochs = () => platform.read((state) => [...state.presence.values()].map((each) => each.epoch));

  /** Both places are there, in sessions other than these. */
  const allThere = (except: readonly string[] = []) =>
    until(async () => (await epochs()).filter((epoch) => !except.includes(epoch)).length === 2);

  const openCarrier = async (more: Pick<CarrierOptions, 'script'> = {}): Promise<RunningCarrier> => {
    const carrierFolder = join(folder, 'carrier');
    mkdirSync(carrierFolder, { recursive: true });
    const running = await startCarrier({
      url: link.url,
      password: link.secretOf(nameOf(CARRIER)),
      folder: carrierFolder,
      clock: { now: clock.now, after: (ms, act) => clock.at(clock.now() + ms, act) },
      ...more,
    });
    // Closed twice where a test closes it earlier, which is harmless.
    closers.push(() => running.close());
    return running;
  };
  const printer = createPrinter({ onPaper: () => passed.emit('paper') });
  const wire = await listenPrinter({ printer });
  closers.push(() => wire.close());
  const driver = await runDriver(
    {
      url: link.url,
      name: nameOf(PRINTER),
      password: link.secretOf(nameOf(PRINTER)),
      driver: 'printer-escpos',
      model: 'epson-80',
      transport: { kind: 'tcp', host: '127.0.0.1', port: wire.port },
      journalFolder: join(folder, 'drivers'),
    },
    () => {},
  );
  closers.push(() => driver.close());

  return {
    platform,
    clock,
    link,
    printer,
    said,
    failures,
    until,
    openCarrier,
    /** Says something in the platform's place. */
    say,
    /** Emits `message` for every one that passes, and `paper` for every sheet that is cut off. */
    passed,
    watch(next: Watch) {
      watch = next;
    },
    allThere,
    /** The sessions of the places that are there. */
    epochs,
    pay: (phone: string, id = orderId(1)) =>
      command(TELLER, { type: 'pay', id, service: 'mobile-topup', fields: { phone }, amountFen: AMOUNT }),
    /** Time jumps from now on to whatever is due next, while nobody is at work and nothing is on its way. */
    drive(carrier: RunningCarrier) {
      clock.drive(() => isAway || open.size > 0 || !platform.idle() || carrier.writing());
    },
    /** The broker is gone from this call on; what was on its way may be lost. Time stands still until {@link back}. */
    cut() {
      isAway = true;
      return link.cut();
    },
    async back() {
      const before = await epochs();
      await link.reopen();
      await allThere(before);
      open.clear();
      isAway = false;
    },
    /** Time jumps while the broker is away, until it is so. */
    async meanwhile(isSo: () => boolean) {
      open.clear();
      isAway = false;
      await until(isSo);
      isAway = true;
    },
    ended: async (id = orderId(1)) => !(await platform.read((state) => state.live.has(id))),
    order: async (id = orderId(1)) => {
      const order = await platform.order(id);
      if (!order) throw new Error(`there is no order ${id}`);
      return { ...viewOf(order), prints: order.prints };
    },
    credit: () => platform.read((state) => ({ ...state.ledger.get(`credit:${OUTLET}`) })),
  };
}

export type Counter = Awaited<ReturnType<typeof openCounter>>;
