import { FILES, type LayoutName } from '../../../simulators/devices/cards/meter-files.ts';

/** When a card is pulled out: while it is read, after so many bytes were written, or before the utility has confirmed. */
export type PullAt =
  | { when: 'never' }
  | { when: 'read' }
  | { when: 'before-confirm' }
  | { when: 'write'; bytes: number };

/** Reads it as a person types it. Throws where it is none of the allowed. @param layout of the card whose files are written */
export function readPullAt(text: string, layout: LayoutName): PullAt {
  if (text === 'never' || text === 'read' || text === 'before-confirm') return { when: text };
  const bytes = /^write:(\d{1,3})$/.exec(text)?.[1];
  const most = Object.values(FILES[layout]).reduce((sum, { length }) => sum + length, 0);
  if (bytes !== undefined && Number(bytes) <= most) return { when: 'write', bytes: Number(bytes) };
  throw new Error(
    `«${text}»: must be read, write:0 to write:${most} (after so many bytes), before-confirm, or never`,
  );
}
