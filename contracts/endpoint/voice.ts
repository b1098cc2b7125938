import { type Envelope, encode } from '../envelope.ts';
import type { Profile } from '../operation.ts';
import { CONTRACT_VERSION, STATE_TYPE, type State } from '../state.ts';
import { nameOf, type Place, topicOf } from '../topics.ts';
import type { Behaviour } from './behaviour.ts';

/** Who asked: what a reply must repeat of the request (ENV-003). */
export type Asker = Pick<Envelope, 'id' | 'correlation' | 'key'>;

/** Everything a place says: its state and its replies. */
export interface Voice {
  /** The birth, then the ends that were held back. */
  connected(epoch: string): void;
  disconnected(): void;
  /** The message that the broker shall send when this connection breaks. Retained, QoS 1. */
  will(epoch: string): { topic: string; text: string };
  /** Says `state` once more; nothing while disconnected. */
  state(online: boolean): void;
  /** Answers now, or not at all while disconnected: the platform asks again. */
  reply(to: Asker, type: string, data: object): void;
  /** Answers now, or as soon as there is a connection: the end of a command is told (OPR-002). */
  replySurely(to: Asker, type: string, data: object): void;
}

export interface VoiceOptions {
  place: Place;
  profile: Pick<Profile, 'name'>;
  behaviour: Behaviour;
  now(): number;
  publish(topic: string, text: string, retain: boolean): void;
}

/** The will is the last state of its epoch whenever it comes, so it counts as later than every beat (STA-002). */
const WILL_SEQUENCE = Number.MAX_SAFE_INTEGER;

export function createVoice({ place, profile, behaviour, now, publish }: VoiceOptions): Voice {
  const source = nameOf(place);
  const heldBack: [Asker, string, object][] = [];
  let epoch: string | undefined;
  let said = 0;
  let sequence = 0;

  // Ids need neither clock nor chance: the epoch is new for each connection, the number for each message of it.
  const envelope = (more: Pick<Envelope, 'id' | 'type' | 'data'>): Envelope => ({
    source,
    time: now(),
    ...more,
  });

  const stateText = (id: string, online: boolean, ofEpoch: string, number: number) => {
    const data: State = {
      online,
      epoch: ofEpoch,
      sequence: number,
      contract: CONTRACT_VERSION,
      profile: profile.name,
      status: behaviour.status(),
      capabilities: behaviour.capabilities,
    };
    return encode(envelope({ id, type: STATE_TYPE, data }));
  };

  const voice: Voice = {
    connected(fresh) {
      epoch = fresh;
      said = 0;
      sequence = 0;
      voice.state(true); // STA-001: before everything else
      for (const [to, type, data] of heldBack.splice(0)) voice.reply(to, type, data);
    },
    disconnected() {
      epoch = undefined;
    },
    will: (ofEpoch) => ({
      topic: topicOf(place, 'state'),
      text: stateText(`${ofEpoch}-will`, false, ofEpoch, WILL_SEQUENCE),
    }),
    state(online) {
      if (epoch === undefined) return;
      const text = stateText(`${epoch}-${++said}`, online, epoch, sequence++);
      publish(topicOf(place, 'state'), text, true); // TOP-003: retained here and nowhere else
    },
    reply(to, type, data) {
      if (epoch === undefined) return;
      const message = envelope({ id: `${epoch}-${++said}`, type, data });
      if (to.correlation !== undefined) message.correlation = to.correlation;
      if (to.key !== undefined) message.key = to.key;
      message.causation = to.id; // ENV-003
      publish(topicOf(place, 'rep'), encode(message), false);
    },
    replySurely(to, type, data) {
      if (epoch === undefined) heldBack.push([to, type, data]);
      else voice.reply(to, type, data);
    },
  };
  return voice;
}
