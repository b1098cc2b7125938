import type { Behaviour, KeyRecord } from '../../contracts/endpoint/behaviour.ts';
import { createEndpoint, type Endpoint } from '../../contracts/endpoint/endpoint.ts';
import type { Profile } from '../../contracts/operation.ts';
import { nameOf, type Place, TIME_TOPIC, topicOf } from '../../contracts/topics.ts';
import type { Life, PlacePorts } from './place-ports.ts';

export interface PlaceNode {
  readonly name: string;
  /** The program starts, on the journal that it has kept, and connects. */
  start(losesJournal?: boolean): void;
  /** The program dies. */
  kill(): void;
  receive(topic: string, text: string): void;
  /** Only the time, now. */
  hearTime(text: string): void;
  /** The broker has dropped the connection, or the line; `willToo`: the broker says so to the platform. */
  drop(willToo: boolean, reconnect: boolean): void;
  /** The broker takes it for dead though it lives: its will is said, and it notices a little later. */
  takenForDead(afterMs: number): void;
  connect(): void;
  /** Says once more who it is. */
  beat(): void;
  readonly alive: boolean;
  readonly online: boolean;
  readonly stateTopic: string;
  /** What the broker keeps of it for who subscribes later. */
  readonly retained: string | undefined;
  /** The broker has lost that. */
  forget(): void;
  hearLastBeat(): void;
  statusChanged(): void;
}

/** How long a beat is on its way, ms: always the same, so that those which are left out leave no trace. */
const BEAT_LATENCY = 5;

/** A place on the network: the contract's own endpoint with its journal, its connection, and lives that end at any moment. */
export function createPlaceNode(
  place: Place,
  profile: Profile,
  makeBehaviour: (of: Life) => Behaviour,
  ports: PlacePorts,
): PlaceNode {
  const { time } = ports;
  const name = nameOf(place);
  const stateTopic = topicOf(place, 'state');
  let journal = new Map<string, KeyRecord>();
  let endpoint: Endpoint | undefined;
  let life = 0;
  let connections = 0;
  let epoch = '';
  let writes = 0;
  let online = false;
  let onlineSince = 0;
  let lastBeat = 0;
  let localNow: number | undefined;
  let retained: string | undefined;

  const now = () => localNow ?? time.now() + ports.skewMs;

  /**
   * Most beats change nothing but what the next act sees of the time. So only the last one before an act is really heard, as
   * at the moment when it came: a network of hundreds of places in a day hears thousands instead of millions.
   */
  function hearLastBeat(): void {
    if (!endpoint || !online) return;
    const beat = ports.beatBefore(time.now() - BEAT_LATENCY, Math.max(onlineSince, lastBeat + 1));
    if (!beat) return;
    lastBeat = beat.at;
    localNow = beat.at + BEAT_LATENCY + ports.skewMs;
    endpoint.message(TIME_TOPIC, beat.text);
    localNow = undefined;
  }

  function act(own: number, what: (living: Endpoint) => void): void {
    if (own !== life || !endpoint) return;
    hearLastBeat();
    what(endpoint);
  }

  function publish(topic: string, text: string, retain: boolean): void {
    if (retain) retained = text;
    ports.up(topic, text);
  }

  const node: PlaceNode = {
    name,
    stateTopic,
    hearLastBeat,
    forget() {
      retained = undefined;
    },
    start(losesJournal = false) {
      // Two mishaps may have ended it; whoever is first starts it again.
      if (endpoint) return;
      const own = ++life;
      if (losesJournal) journal = new Map();
      let count = 0;
      endpoint = createEndpoint({
        place,
        profile,
        behaviour: makeBehaviour({ isOver: () => own !== life, hearTime: hearLastBeat }),
        known: [...journal.values()],
        ports: {
          now,
          publish,
          journal: (record) => {
            const n = ++writes;
            time.after(ports.diskMs(n), () => {
              if (own !== life) return;
              journal.set(record.key, record);
              count++;
              act(own, (living) => living.durable(count));
            });
          },
        },
      });
      node.connect();
    },
    kill() {
      if (!endpoint) return;
      node.drop(true, false);
      life++;
      endpoint = undefined;
    },
    connect() {
      if (!endpoint || online) return;
      if (!ports.canConnect()) return;
      online = true;
      onlineSince = time.now();
      epoch = `epoch-${++connections}-of-${name}`;
      ports.connection(true);
      endpoint.connected(epoch);
    },
    receive(topic, text) {
      if (!online) return;
      act(life, (living) => living.message(topic, text));
    },
    hearTime(text) {
      if (!online) return;
      lastBeat = time.now();
      endpoint?.message(TIME_TOPIC, text);
    },
    drop(willToo, reconnect) {
      if (!endpoint || !online) return;
      const will = endpoint.will(epoch);
      online = false;
      endpoint.disconnected();
      ports.connection(false);
      if (willToo) {
        retained = will.text;
        ports.brokerSays(stateTopic, will.text);
      }
      const own = life;
      if (reconnect)
        time.after(ports.reconnectMs(connections), () => {
          if (own === life) node.connect();
        });
    },
    takenForDead(afterMs) {
      if (!endpoint || !online) return;
      const { text } = endpoint.will(epoch);
      retained = text;
      ports.brokerSays(stateTopic, text);
      const own = connections;
      time.after(afterMs, () => {
        if (own === connections) node.drop(false, true);
      });
    },
    beat() {
      if (online) act(life, (living) => living.beat());
    },
    statusChanged() {
      act(life, (living) => living.statusChanged());
    },
    get alive() {
      return endpoint !== undefined;
    },
    get online() {
      return online;
    },
    get retained() {
      return retained;
    },
  };
  return node;
}
