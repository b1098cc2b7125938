import type { KeyRecord } from './behaviour.ts';
import { openJsonLines } from './json-lines.ts';
import { KEYS_KEPT } from './keys.ts';

export interface Journal {
  /** The last record of each key, in the order of acceptance: for `createEndpoint`. */
  known: KeyRecord[];
  append(record: KeyRecord, onDurable: () => void): void;
  close(): Promise<void>;
}

export interface JournalOptions {
  /** The endpoint's clock, ms: keys older than {@link KEYS_KEPT} are dropped at opening (OPR-009). */
  now(): number;
  /** The journal can't be written any more: nothing further becomes durable. */
  failed(error: Error): void;
}

/** The journal of an endpoint as a file of JSON lines; a later record of a key replaces the earlier ones. */
export async function openJournal(path: string, { now, failed }: JournalOptions): Promise<Journal> {
  const keep = (values: unknown[]) => {
    const oldest = now() - KEYS_KEPT;
    // One without an end is kept however old: the clock may be wrong, and what was begun must stay known (OPR-007).
    return lastOfEachKey(values as KeyRecord[]).filter((record) => !record.completion || record.at >= oldest);
  };
  const { values, lines } = await openJsonLines(path, { keep, failed });
  return {
    known: values as KeyRecord[],
    append: (record, onDurable) => lines.append([record], onDurable),
    close: lines.close,
  };
}

/** A journal that forgets at the end of the process: for tests, demonstrations and a simulated device. */
export function memoryJournal(): Journal {
  return { known: [], append: (_record, onDurable) => queueMicrotask(onDurable), close: async () => {} };
}

/** A map keeps the place of a key's first record, so the order stays that of acceptance. */
function lastOfEachKey(records: readonly KeyRecord[]): KeyRecord[] {
  return [...new Map(records.map((record) => [record.key, record])).values()];
}
