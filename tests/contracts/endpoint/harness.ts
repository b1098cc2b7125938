import type { Behaviour, Command, KeyRecord, Question } from '../../../contracts/endpoint/behaviour.ts';
import { createEndpoint, type Endpoint } from '../../../contracts/endpoint/endpoint.ts';
import { decode, type Envelope, encode } from '../../../contracts/envelope.ts';
import type { Completion, Profile } from '../../../contracts/operation.ts';
import { carrier } from '../../../contracts/profiles/carrier.ts';
import { TIME_TYPE } from '../../../contracts/state.ts';
import { type Place, TIME_TOPIC, topicOf } from '../../../contracts/topics.ts';

export const place: Place = { kind: 'counterpart', counterpart: 'china-mobile', instance: '1' };
export const REQ = topicOf(place, 'req');
export const REP = topicOf(place, 'rep');

export const ACCOUNT = '13808001234';
export const TOP_UP = { account: ACCOUNT, amountFen: 5_000 };
export const success: Completion = { outcome: 'success', result: { ...TOP_UP, counterpartNo: 'CM1' } };

export interface Said {
  topic: string;
  retain: boolean;
  envelope: Envelope;
}

/** A platform request as bytes. */
export function request(over: Partial<Envelope> & { id: string }): Uint8Array {
  const filled: Envelope = {
    source: 'platform',
    type: 'yizhan.carrier.perform',
    time: 0,
    correlation: 'T1',
    key: 'K1',
    expiry: 1_000_000,
    data: TOP_UP,
    ...over,
  };
  return Buffer.from(encode(filled));
}

export function beat(now: number, epoch = 'platform-1'): Uint8Array {
  return Buffer.from(
    encode({ id: `beat-${now}`, source: 'platform', type: TIME_TYPE, time: now, data: { now, epoch } }),
  );
}

/** An endpoint whose clock, journal and connection the test drives. Starts connected, at local time 100 000, without time. */
export class Bench {
  local = 100_000;
  readonly said: Said[] = [];
  readonly journal: KeyRecord[] = [];
  readonly commands: Command[] = [];
  readonly questions: Question[] = [];
  behaviour: Behaviour = {
    capabilities: { reversal: 'application', keepsKeysDays: 30 },
    status: () => ({ upstream: 'up' }),
    command: (command) => this.commands.push(command),
    question: (question) => this.questions.push(question),
  };
  readonly endpoint: Endpoint;

  constructor(known: readonly KeyRecord[] = [], behaviour?: Partial<Behaviour>, profile: Profile = carrier) {
    Object.assign(this.behaviour, behaviour);
    this.endpoint = createEndpoint({
      place,
      profile,
      behaviour: this.behaviour,
      known,
      ports: {
        now: () => this.local,
        publish: (topic, text, retain) => {
          const decoded = decode(text);
          if (!decoded.ok) throw new Error(`said what is no envelope: ${decoded.why}`);
          this.said.push({ topic, retain, envelope: decoded.envelope });
        },
        journal: (record) => this.journal.push(record),
      },
    });
    this.endpoint.connected('epoch-1-long');
  }

  /** Platform time equals local time from now on. */
  inTime(): this {
    this.endpoint.message(TIME_TOPIC, beat(this.local));
    return this;
  }

  ask(over: Partial<Envelope> & { id: string }): void {
    this.endpoint.message(REQ, request(over));
  }

  /** Everything in the journal is on stable storage. */
  sync(): void {
    for (let before = -1; before !== this.journal.length; ) {
      before = this.journal.length;
      this.endpoint.durable(before);
    }
  }

  /** The replies as `type-suffix ← causation`, and for ends their outcome or error code. */
  replies(): string[] {
    return this.said
      .filter(({ topic }) => topic === REP)
      .map(({ envelope: { type, causation, data } }) => {
        const end = data as Partial<Completion>;
        const suffix = type.split('.').at(-1);
        return `${suffix}${end.outcome ? ` ${end.error?.code ?? end.outcome}` : ''} ← ${causation}`;
      });
  }

  states(): { online: boolean; epoch: string; sequence: number }[] {
    return this.said
      .filter(({ retain }) => retain)
      .map(({ envelope }) => envelope.data as { online: boolean; epoch: string; sequence: number });
  }
}
