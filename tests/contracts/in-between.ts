import { typesOf } from '../../contracts/operation.ts';
import { PROFILES } from '../../contracts/profiles.ts';
import type { Place } from '../../contracts/topics.ts';
import { type Spoken, settled, speaker } from './speaker.ts';

/**
 * The commands that were sent, sent once more to endpoints whose own code says «processing» of each: few partners have cause to,
 * and every one may.
 */
export async function inBetween(said: readonly Spoken[]): Promise<Spoken[]> {
  const spoken: Spoken[] = [];
  for (const profile of PROFILES) {
    const place: Place = { kind: 'counterpart', counterpart: profile.name, instance: '1' };
    const talker = speaker(
      place,
      profile,
      () => 0,
      () => ({
        capabilities: {},
        status: () => ({}),
        command: (command) => command.processing({ counterpartNo: 'CP1' }),
        question() {},
      }),
    );
    for (const [operation, { kind }] of Object.entries(profile.operations)) {
      const { request } = typesOf(profile, operation);
      const sent = said.find(({ envelope }) => envelope.type === request);
      if (kind === 'command' && sent) talker.request(operation, sent.envelope.data as object);
    }
    await settled();
    spoken.push(...talker.said);
  }
  return spoken;
}
