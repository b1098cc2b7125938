import type { cardReader } from '../../contracts/devices/card-reader.ts';
import type { KeyRecord } from '../../contracts/endpoint/behaviour.ts';
import { believedEffect } from '../../contracts/errors.ts';
import type { ResultOf } from '../../contracts/operation.ts';

export type Standing = ResultOf<typeof cardReader.operations.inquire>;

/** What became of a write, from the journal’s record of its key. A record without an end waits or is under way. */
export function standingOf(record: KeyRecord | undefined): Standing {
  if (record?.operation !== 'write') return { standing: 'notFound', errorCode: 'contract.notFound' };
  if (!record.completion) return { standing: 'inProgress' };
  const { outcome, error } = record.completion;
  if (outcome === 'success') return { standing: 'written' };
  const isProven = outcome === 'failure' && error !== undefined && believedEffect(error) === 'none';
  return { standing: isProven ? 'notWritten' : 'uncertain', ...(error ? { errorCode: error.code } : {}) };
}
