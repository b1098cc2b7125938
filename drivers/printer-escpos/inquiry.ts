import type { printer } from '../../contracts/devices/printer.ts';
import type { KeyRecord } from '../../contracts/endpoint/behaviour.ts';
import type { ResultOf } from '../../contracts/operation.ts';

export type Standing = ResultOf<typeof printer.operations.inquire>;

/**
 * What became of a print job, from the journal's record of its key. `proven`: the device proved it after its outcome had been
 * told as uncertain. A record without an end belongs to a job that waits or is under way.
 */
export function standingOf(record: KeyRecord | undefined, proven: boolean): Standing {
  if (record?.operation !== 'print') return { standing: 'notFound', errorCode: 'contract.notFound' };
  if (!record.completion) return { standing: 'inProgress' };
  const { outcome, error } = record.completion;
  if (outcome === 'success' || proven) return { standing: 'printed' };
  const standing = outcome === 'failure' ? 'failed' : 'uncertain';
  return { standing, ...(error ? { errorCode: error.code } : {}) };
}
