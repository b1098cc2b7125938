import { cancel } from '../cancel.ts';
import { decode, type Envelope } from '../envelope.ts';
import { type Completion, checkOf, type Profile, REFUSED_TYPE, type RequestOf } from '../operation.ts';
import { TIME_TYPE, type TimeBeat, timeSchema } from '../state.ts';
import { type Place, TIME_TOPIC, topicOf } from '../topics.ts';
import type { Behaviour, KeyRecord } from './behaviour.ts';
import { createCommands } from './commands.ts';
import { createPlatformTime } from './platform-time.ts';
import { failure, fitting, type Served, servedOf, unknown } from './served.ts';
import { type Asker, createVoice } from './voice.ts';

export interface EndpointPorts {
  /** The place's own clock in ms. It may be wrong, and must not go back. */
  now(): number;
  /** QoS 1. Called only while connected. */
  publish(topic: string, text: string, retain: boolean): void;
  /** Append to the journal; {@link Endpoint.durable} answers later, in order. Already called while the endpoint is created. */
  journal(record: KeyRecord): void;
}

export interface EndpointOptions {
  place: Place;
  profile: Profile;
  behaviour: Behaviour;
  ports: EndpointPorts;
  /** What the journal held at the start: the last record of each key, in the order of acceptance. */
  known: readonly KeyRecord[];
}

/** The partner's side of the wire, synchronous: inputs are method calls, outputs go through the ports and the behaviour. */
export interface Endpoint {
  /** What arrives on a topic: bytes, or a text that somebody has decoded from UTF-8. */
  message(topic: string, payload: Uint8Array | string): void;
  /** So many of the records given to `ports.journal`, counted from the start, are on stable storage. */
  durable(count: number): void;
  /** Subscribed, under this session epoch: says the birth and what was held back. */
  connected(epoch: string): void;
  disconnected(): void;
  will(epoch: string): { topic: string; text: string };
  /** Says the death; nothing more is said on this connection. */
  death(): void;
  /** To be called every BEAT_EVERY ms (STA-005). */
  beat(): void;
  /** The behaviour's status is another one: it is told at once. */
  statusChanged(): void;
  /** Commands that were taken and have not durably ended. */
  inFlight(): number;
  /** Platform time in ms; `undefined` where no beat is fresh. */
  platformTime(): number | undefined;
}

export function createEndpoint({ place, profile, behaviour, ports, known }: EndpointOptions): Endpoint {
  const time = createPlatformTime();
  const voice = createVoice({
    place,
    profile,
    behaviour,
    now: () => time.at(ports.now()) ?? ports.now(),
    publish: ports.publish,
  });
  const served = servedOf(profile);
  const byType = new Map(served.map((each) => [each.types.request, each]));
  const commands = createCommands({
    behaviour,
    voice,
    time,
    now: ports.now,
    journal: ports.journal,
    known,
    servedBy: (name) => served.find((each) => each.name === name),
  });

  const question = (envelope: Envelope, asked: Served) => {
    const asker = askerOf(envelope);
    const wrong = checkOf(asked.operation.request)(envelope.data);
    let answered = false;
    const answer = (said: Completion) => {
      if (answered)
        throw new Error(`${asked.name} ${envelope.id} has been answered and can't be answered again`);
      answered = true;
      voice.reply(asker, asked.types.completed, fitting(said, asked));
    };
    if (wrong !== undefined) return answer(failure('contract.invalidData', wrong));
    if (asked.operation === cancel) {
      const { originalKey } = envelope.data as RequestOf<typeof cancel>;
      return commands.cancel(originalKey, (standing) => answer({ outcome: 'success', result: { standing } }));
    }
    // A question at the heels of its command: «not found» would be said of what is about to start.
    const named = Object.values(envelope.data as object).filter((value) => typeof value === 'string');
    commands.settled(named, () => {
      try {
        behaviour.question({ operation: asked.name, data: envelope.data, recall: commands.recall, answer });
      } catch (error) {
        if (answered) throw error;
        answer(unknown('adapter.internal', error instanceof Error ? error.name : undefined));
      }
    });
  };

  const request = (payload: Uint8Array | string) => {
    const decoded = decode(payload);
    if (!decoded.ok) {
      // Its key can't be read, and may be one that has started: so nothing is claimed about the effect (ERR-002).
      if (decoded.id !== undefined)
        voice.reply({ id: decoded.id }, REFUSED_TYPE, unknown('contract.malformed', decoded.why)); // ENV-007
      return;
    }
    const { envelope } = decoded;
    if (envelope.source === 'platform') time.atLeast(envelope.time, ports.now());
    const asked = byType.get(envelope.type);
    if (!asked) {
      const known = envelope.key !== undefined && commands.recall(envelope.key) !== undefined;
      const refusal = known ? unknown('contract.unsupportedType') : failure('contract.unsupportedType');
      return voice.reply(askerOf(envelope), `${envelope.type}.completed`, refusal);
    }
    if (asked.operation.kind === 'command') commands.request(envelope, asked);
    else question(envelope, asked); // OPR-008: neither time nor deadline is asked for
  };

  const beat = (payload: Uint8Array | string) => {
    const decoded = decode(payload);
    if (!decoded.ok || decoded.envelope.type !== TIME_TYPE) return;
    if (checkOf(timeSchema)(decoded.envelope.data) !== undefined) return;
    const { now, epoch } = decoded.envelope.data as TimeBeat;
    time.beat(now, epoch, ports.now());
  };

  const requestTopic = topicOf(place, 'req');
  return {
    message(topic, payload) {
      if (topic === TIME_TOPIC) beat(payload);
      else if (topic === requestTopic) request(payload);
    },
    durable: commands.durable,
    connected: voice.connected,
    disconnected: voice.disconnected,
    will: voice.will,
    death() {
      voice.state(false); // STA-003
      voice.disconnected();
    },
    beat: () => voice.state(true),
    statusChanged: () => voice.state(true),
    inFlight: commands.inFlight,
    platformTime: () => time.at(ports.now()),
  };
}

const askerOf = ({ id, correlation, key }: Envelope): Asker => ({
  id,
  ...(correlation === undefined ? {} : { correlation }),
  ...(key === undefined ? {} : { key }),
});
