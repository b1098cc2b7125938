import { printer as printerClass } from '../../contracts/devices/printer.ts';
import type { Behaviour } from '../../contracts/endpoint/behaviour.ts';
import { createEndpoint, type Endpoint } from '../../contracts/endpoint/endpoint.ts';
import { decode, encode } from '../../contracts/envelope.ts';
import { checkOf, type Profile } from '../../contracts/operation.ts';
import { carrier as carrierProfile } from '../../contracts/profiles/carrier.ts';
import { BEAT_EVERY, type State as PlaceState, stateSchema, TIME_TYPE } from '../../contracts/state.ts';
import { type Place, parseTopic, prefixOf, TIME_TOPIC } from '../../contracts/topics.ts';
import { createEscposDriver } from '../../drivers/printer-escpos/driver.ts';
import { MODELS } from '../../drivers/printer-escpos/models.ts';
import type { Principal } from '../../platform/core/authorize.ts';
import type { Command } from '../../platform/core/input.ts';
import type { Order } from '../../platform/core/order.ts';
import { emptyState } from '../../platform/core/state.ts';
import type { Block } from '../../platform/runtime/block.ts';
import { createPresence } from '../../platform/runtime/presence.ts';
import { createRuntime, type Reply } from '../../platform/runtime/runtime.ts';
import { createCarrier } from '../counterparts/carrier/behaviour.ts';
import { createBooks } from '../counterparts/carrier/books.ts';
import { createConduct } from '../counterparts/carrier/conduct.ts';
import { createPrinter } from '../devices/printer/interpreter.ts';
import { virtualTime } from './virtual-time.ts';

/** One way over the simulated network, and one write to a simulated disk, in ms. */
const LINK = 2;
const DISK = 1;

/**
 * A whole station in memory and in virtual time, without faults: the very platform code, the very carrier, endpoint and
 * driver code, on a network and disks that are nothing but delays. A day of it takes milliseconds.
 */
export function createMemoryWorld({ start, outlet }: { start: number; outlet: string }) {
  const time = virtualTime(start);
  const blocks: Block[] = [];
  const rows = new Map<string, Order>();
  const alerts: string[] = [];
  const presence = createPresence();
  const places = new Map<string, Endpoint>();
  const fitsState = checkOf(stateSchema);
  let cancelAlarm: (() => void) | undefined;

  const state = emptyState();
  const runtime = createRuntime(
    { state, last: 0, sinceSnapshot: 0, hash: '' },
    {
      now: time.now,
      setAlarm(at) {
        cancelAlarm?.();
        cancelAlarm = at === undefined ? undefined : time.after(at - time.now(), () => runtime.alarm());
      },
      append(block) {
        time.after(DISK, () => {
          blocks.push(block);
          for (const row of block.rows) rows.set(row.id, structuredClone(row));
          runtime.durable();
        });
      },
      load: (ids) => void time.after(DISK, () => runtime.loaded(ids.flatMap((id) => rows.get(id) ?? []))),
      publish: (topic, text) => void time.after(LINK, () => deliver(topic, text)),
      changed: () => {},
      alert: (code) => void alerts.push(code),
      marked: () => {},
      fatal(error) {
        throw error;
      },
      // Nobody attacks a world in memory; the chain only has to be a chain.
      hash: (text) => `${text.length}`,
    },
  );

  function deliver(topic: string, text: string): void {
    places.get(topic.slice(0, topic.lastIndexOf('/')))?.message(topic, new TextEncoder().encode(text));
  }

  function hear(topic: string, text: string): void {
    const parsed = parseTopic(topic);
    const read = decode(text);
    if (!parsed || !read.ok) throw new Error(`nobody may say this on ${topic}: ${text}`);
    if (parsed.leaf !== 'state')
      return runtime.input({ kind: 'message', ...parsed, envelope: read.envelope });
    const wrong = fitsState(read.envelope.data);
    if (wrong) throw new Error(`state of ${topic}: ${wrong}`);
    const change = presence.state(parsed.place, read.envelope.data as PlaceState, time.now());
    if (change) runtime.input({ kind: 'presence', change });
  }

  /** Puts an endpoint on the network: its journal is a disk, its connection never breaks. */
  function join(place: Place, profile: Profile, behaviour: Behaviour): Endpoint {
    let durable = 0;
    const endpoint = createEndpoint({
      place,
      profile,
      behaviour,
      known: [],
      ports: {
        now: time.now,
        publish: (topic, text) => void time.after(LINK, () => hear(topic, text)),
        journal: () => void time.after(DISK, () => endpoint.durable(++durable)),
      },
    });
    places.set(prefixOf(place), endpoint);
    endpoint.connected(`${profile.name}-epoch-1`);
    return endpoint;
  }

  function beat(): void {
    const now = time.now();
    const text = encode({
      id: `beat-${now}`,
      source: 'platform',
      type: TIME_TYPE,
      time: now,
      data: { now, epoch: 'memory-world' },
    });
    for (const endpoint of places.values()) endpoint.message(TIME_TOPIC, new TextEncoder().encode(text));
    time.after(BEAT_EVERY, beat);
  }

  const books = createBooks();
  const { behaviour } = createCarrier(books, createConduct({ script: [] }), {
    now: time.now,
    after: time.after,
    keep: (_events, done) => void time.after(DISK, done),
  });
  join({ kind: 'counterpart', counterpart: 'china-mobile', instance: '1' }, carrierProfile, behaviour);

  const paper = createPrinter({ output: (bytes) => void time.after(LINK, () => driver.bytes(bytes)) });
  let cancelTimer: (() => void) | undefined;
  const driver = createEscposDriver({
    model: MODELS['epson-80'],
    port: {
      write: (bytes) => void time.after(LINK, () => paper.input(bytes)),
      setTimer(ms) {
        cancelTimer?.();
        cancelTimer = ms === undefined ? undefined : time.after(ms, () => driver.timer());
      },
      statusChanged: () => counter.statusChanged(),
      reopen: () => {},
    },
  });
  const counter = join({ kind: 'device', outlet, station: '1', device: 'printer' }, printerClass, driver);
  driver.opened();
  runtime.input({ kind: 'started', epoch: 'memory-world' });
  beat();

  return {
    time,
    state,
    /** What is on the disk. */
    blocks,
    alerts,
    /** The carrier's truth and the paper's. */
    books,
    printer: paper,
    /** Asks, and lets time pass until the answer is there. */
    command(who: Principal, command: Command): Reply {
      let answer: Reply | undefined;
      runtime.command(who, command, (reply) => {
        answer = reply;
      });
      time.run(() => answer !== undefined, 60_000);
      if (!answer) throw new Error(`${command.type} was not answered within a minute`);
      return answer;
    },
  };
}
