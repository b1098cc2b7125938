import { EventEmitter, once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { printer as printerProfile } from '../../../contracts/devices/printer.ts';
import { encode } from '../../../contracts/envelope.ts';
import { type Completion, typesOf } from '../../../contracts/operation.ts';
import { type State, TIME_TYPE } from '../../../contracts/state.ts';
import { type Place, TIME_TOPIC, topicOf } from '../../../contracts/topics.ts';
import type { DriverConfiguration } from '../../../drivers/host/configuration.ts';
import { createPrinter } from '../../../simulators/devices/printer/interpreter.ts';
import { EPSON_80 } from '../../../simulators/devices/printer/models.ts';
import { listenPrinter } from '../../../simulators/devices/printer/tcp.ts';
import { Broker } from '../../contracts/endpoint/broker.ts';

const place: Place = { kind: 'device', outlet: '13000001', station: 's1', device: 'printer' };
const PRINT = typesOf(printerProfile, 'print');

/** A broker, an emulated printer on TCP, and the platform's side of the wire; `close` ends all of it. */
export async function station(model = EPSON_80) {
  const broker = await Broker.open();
  const papers = new EventEmitter();
  const printer = createPrinter({ model, onPaper: () => papers.emit('paper') });
  const line = await listenPrinter({ printer });
  const journalFolder = mkdtempSync(join(tmpdir(), 'yizhan-driver-'));
  const config: DriverConfiguration = {
    url: `mqtt://127.0.0.1:${broker.port}`,
    name: 'dev.13000001.s1.printer',
    password: 'secret',
    driver: 'printer-escpos',
    model: 'epson-80',
    transport: { kind: 'tcp', host: '127.0.0.1', port: line.port },
    journalFolder,
  };
  const say = (topic: string, type: string, data: object, more: object = {}) =>
    broker.say(
      topic,
      Buffer.from(
        encode({ id: crypto.randomUUID(), source: 'platform', type, time: Date.now(), data, ...more }),
      ),
    );
  const state = ({ topic, envelope }: (typeof broker.heard)[number]) =>
    topic === topicOf(place, 'state') ? (envelope.data as State) : undefined;

  return {
    broker,
    printer,
    line,
    config,
    journalFile: join(journalFolder, `${config.name}.jsonl`),
    print(key: string) {
      say(TIME_TOPIC, TIME_TYPE, { now: Date.now(), epoch: 'platform-1' });
      const data = { lines: [{ text: `小票 ${key}` }, { text: '谢谢', align: 'center' }], cut: true };
      say(topicOf(place, 'req'), PRINT.request, data, { key, expiry: Date.now() + 60_000 });
    },
    /** The next piece of paper that is cut off. */
    paper: () => once(papers, 'paper'),
    /** The end of a key's job. */
    end: (key: string): Promise<Completion> =>
      broker.hears((heard) => {
        const reply = heard.find(({ envelope }) => envelope.type === PRINT.completed && envelope.key === key);
        return reply && (reply.envelope.data as Completion);
      }),
    /** Waits until the latest state told says this of the printer. */
    says: (device: string): Promise<true> =>
      broker.hears((heard) => {
        const last = heard.map(state).findLast((each) => each !== undefined);
        return last?.online === true && last.status?.device === device ? true : undefined;
      }),
    async close() {
      await line.close();
      await broker.close();
      rmSync(journalFolder, { recursive: true, force: true });
    },
  };
}
