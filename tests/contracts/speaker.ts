import type { Behaviour } from '../../contracts/endpoint/behaviour.ts';
import { createEndpoint } from '../../contracts/endpoint/endpoint.ts';
import { decode, type Envelope, encode } from '../../contracts/envelope.ts';
import type { Completion, Profile } from '../../contracts/operation.ts';
import { TIME_TYPE } from '../../contracts/state.ts';
import { type Place, TIME_TOPIC, topicOf } from '../../contracts/topics.ts';
import type { Sent } from '../links/link.ts';

export type Spoken = Sent & { envelope: Envelope };

/** Everything that is journaled is durable, and whatever follows from that. */
export async function settled(): Promise<void> {
  for (let turn = 0; turn < 20; turn++) await Promise.resolve();
}

/** Every speaker's connection has an epoch of its own. */
let epochs = 0;

/**
 * A partner's endpoint with its behaviour, connected and in time; the test speaks in the platform's place. Its journal is
 * durable at once. `said` is everything that passed, in both directions.
 * @param behaviourOf is given what tells a changed status
 */
export function speaker(
  place: Place,
  profile: Profile,
  now: () => number,
  behaviourOf: (statusChanged: () => void) => Behaviour,
) {
  const epoch = `spoken-${++epochs}`;
  const said: Spoken[] = [];
  let journaled = 0;

  const hear = (topic: string, text: string) => {
    const read = decode(text);
    if (!read.ok) throw new Error(`what is said on ${topic} is no envelope: ${read.why}`);
    said.push({ topic, text, envelope: read.envelope });
  };
  let isReady = false;
  const behaviour = behaviourOf(() => {
    if (isReady) endpoint.statusChanged();
  });
  const endpoint = createEndpoint({
    place,
    profile,
    behaviour,
    known: [],
    ports: {
      now,
      publish: hear,
      journal: () => {
        journaled += 1;
        queueMicrotask(() => endpoint.durable(journaled));
      },
    },
  });
  isReady = true;
  endpoint.connected(epoch);

  const tell = (topic: string, envelope: Envelope) => {
    const text = encode(envelope);
    hear(topic, text);
    endpoint.message(topic, text);
  };
  const from = { source: 'platform', time: now() };
  tell(TIME_TOPIC, { ...from, id: `${epoch}-beat`, type: TIME_TYPE, data: { now: now(), epoch } });
  let asked = 0;

  /** Says it as the platform does; answers the id. */
  const request = (operation: string, data: object): string => {
    const id = `${epoch}-${++asked}`;
    const isCommand = profile.operations[operation]?.kind === 'command';
    tell(topicOf(place, 'req'), {
      source: 'platform',
      time: now(),
      id,
      type: `yizhan.${profile.name}.${operation}`,
      correlation: `${epoch}-order`,
      ...(isCommand ? { key: id, expiry: now() + 60_000 } : {}),
      data,
    });
    return id;
  };

  return {
    said,
    request,
    /** Says it and waits for its completion; throws where none comes though everything is durable. */
    async ask<Result = Record<string, unknown>>(
      operation: string,
      data: object,
    ): Promise<Completion<Result>> {
      const id = request(operation, data);
      await settled();
      const end = said.find(
        ({ envelope: { causation, type } }) => causation === id && type.endsWith('.completed'),
      );
      if (!end) throw new Error(`${profile.name} has not completed ${operation} ${id}`);
      return end.envelope.data as Completion<Result>;
    },
    /** Says its death. */
    leave: () => endpoint.death(),
  };
}
