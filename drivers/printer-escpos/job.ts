import type { Line } from '../../contracts/devices/printer.ts';
import type { Command } from '../../contracts/endpoint/behaviour.ts';
import { type WireErrorCode, wireError } from '../../contracts/errors.ts';
import type { Completion } from '../../contracts/operation.ts';
import { FENCE, INIT, processIdRequest } from './bytes.ts';
import { encodeRows, endOfPiece, rowsOf } from './encode.ts';
import type { Model } from './models.ts';
import { processIdOf } from './process-id.ts';

/** One print command, ready to be sent. */
export interface Job {
  command: Command;
  /** Its process id, where the model has them. */
  id: string;
  /** The lines, the cut, and the request for its proof. */
  bytes: number[];
  /** How long the paper may go on after the fence has been answered, in ms. */
  settleMs: number;
  /** Polls of a second each until its proof is overdue: far more than any printer takes, as a hot head makes it pause. */
  patience: number;
  /** Its bytes have gone to the printer: from here on nothing ends it with the effect «none». */
  sent: boolean;
}

export function jobOf(command: Command, model: Model): Job {
  const { lines, cut } = command.data as { lines: Line[]; cut: boolean };
  const rows = rowsOf(lines, model);
  const id = processIdOf(command.key);
  return {
    command,
    id,
    bytes: [...encodeRows(rows, cut, model), ...(model.processId ? processIdRequest(id) : FENCE)],
    settleMs: 1 + rows.length * model.rowMs,
    patience: 10 + Math.ceil(rows.length / 5),
    sent: false,
  };
}

/** Cuts off what an earlier job has left on the paper, or it would hang on the next customer's receipt. */
export function separation(model: Model): readonly number[] {
  return [...INIT, ...endOfPiece(model)];
}

export function failure(code: WireErrorCode, detail: string): Completion {
  return { outcome: 'failure', error: wireError(code, { detail }) };
}

/** Its bytes were sent and nothing can be proved. */
export function uncertain(detail: string): Completion {
  return { outcome: 'unknown', error: wireError('device.printUncertain', { detail }) };
}
