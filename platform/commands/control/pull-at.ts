import { FILES } from '../../../simulators/devices/cards/meter-files.ts';

/** When a card is pulled out: while it is read, after so many bytes were written, or before the utility has confirmed. */
export type PullAt =
  | { when: 'never' }
  | { when: 'read' }
  | { when: 'before-confirm' }
  | { when: 'write'; bytes: number };

/** So many bytes a purchase writes to a card of the newer generation, the larger one. */
const MOST_BYTES = Object.values(FILES['2013']).reduce((sum, { length }) => sum + length, 0);

/** Reads it as a person types it. Throws where it is none of the allowed. */
export function readPullAt(text: string): PullAt {
  if (text === 'never' || text === 'read' || text === 'before-confirm') return { when: text };
  const bytes = /^write:(\d{1,3})$/.exec(text)?.[1];
  if (bytes !== undefined && Number(bytes) <= MOST_BYTES) return { when: 'write', bytes: Number(bytes) };
  throw new Error(
    `«${text}»: must be read, write:0 to write:${MOST_BYTES} (after so many bytes), before-confirm, or never`,
  );
}
