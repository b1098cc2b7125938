import type { WireErrorCode } from '../../contracts/errors.ts';

/** What the four answers to DLE EOT 1 to 4 say together. */
export interface Condition {
  offline: boolean;
  coverOpen: boolean;
  paper: 'full' | 'low' | 'out';
  /** The cutter is stuck: mostly paper in its way, which whoever stands there can take out. */
  jammed: boolean;
  /** Mechanical or unrecoverable: nobody at the counter can mend it. */
  broken: boolean;
  /** The answers in hex, for the log. */
  raw: string;
}

/** @param answers the bytes that answer DLE EOT 1, 2, 3, 4, in this order */
export function conditionOf(answers: readonly number[]): Condition {
  const [printer = 0, cause = 0, error = 0, roll = 0] = answers;
  const out = (cause & 0x20) !== 0 || (roll & 0x60) !== 0;
  const jammed = (error & 0x08) !== 0;
  // The offline cause «error» without any bit of its own leaves nothing to mend for a person. 0x40 is a hot head, which cools down.
  const broken = (error & 0x24) !== 0 || ((cause & 0x40) !== 0 && (error & 0x48) === 0);
  return {
    offline: (printer & 0x08) !== 0,
    coverOpen: (cause & 0x04) !== 0,
    paper: out ? 'out' : (roll & 0x0c) !== 0 ? 'low' : 'full',
    jammed,
    broken,
    raw: answers.map((byte) => byte.toString(16).padStart(2, '0')).join(' '),
  };
}

/** Why no job may begin now, or `undefined`. A printer that is offline for nothing a person can see is busy (hot head, feed button). */
export function obstacleOf(condition: Condition): WireErrorCode | undefined {
  if (condition.coverOpen) return 'device.coverOpen';
  if (condition.paper === 'out') return 'device.paperOut';
  if (condition.jammed) return 'device.paperJammed';
  if (condition.broken) return 'device.hardwareError';
  return condition.offline ? 'device.busy' : undefined;
}

/** The printer has stopped and goes on only after a person's help: what it has not printed by now it will not print. */
export function hasStopped(condition: Condition): boolean {
  return condition.offline && obstacleOf(condition) !== 'device.busy';
}
