import type { Static } from 'typebox';
import type { printer } from '../../contracts/devices/printer.ts';
import type { Condition } from './condition.ts';

export type PrinterStatus = Static<typeof printer.status>;

/**
 * The last condition in the contract's words (PRN-005). Without one nothing is known: the printer is `offline` once it was
 * lost or stayed silent, and `starting` before.
 */
export function statusOf(condition: Condition | undefined, unreachable: boolean): PrinterStatus {
  if (!condition) return { device: unreachable ? 'offline' : 'starting', paper: 'unknown', cover: 'unknown' };
  const { broken, coverOpen, jammed, paper } = condition;
  const device = broken ? 'hardwareError' : coverOpen || jammed || paper === 'out' ? 'userError' : 'online';
  return { device, paper, cover: coverOpen ? 'open' : 'closed' };
}
