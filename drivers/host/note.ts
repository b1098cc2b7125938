import { openJsonLines } from '../../contracts/endpoint/json-lines.ts';
import type { Note } from '../kit/define-driver.ts';

/** A driver's note as a file that only grows while it is open, so that a crash leaves the old value or the new one. */
export async function openNote(
  path: string,
  failed: (error: Error) => void,
): Promise<Note & { close(): Promise<void> }> {
  const { values, lines } = await openJsonLines(path, { keep: (all) => all.slice(-1), failed });
  return {
    before: values.at(-1),
    write: (value, durable) => lines.append([value], durable),
    close: lines.close,
  };
}
