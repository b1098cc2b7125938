import type { PresenceChange } from '../core/input.ts';
import type { Clock } from './clock.ts';

/** Births that come closer together than this, in ms, are welcomed by one beat. */
const GATHER = 200;

/**
 * Whoever has just come may start nothing before it knows the time (OPR-006): so a beat leaves before the core hears of it and
 * can send it anything. Everybody hears a beat; where many are born at once, as after a restart of the broker, they wait for
 * one. What follows a birth that waits, waits behind it.
 */
export function createNewcomers(
  clock: Pick<Clock, 'steady' | 'every'>,
  tellTime: () => void,
  letIn: (change: PresenceChange) => void,
) {
  const waiting: PresenceChange[] = [];
  let toldAt = Number.NEGATIVE_INFINITY;
  let cancel: (() => void) | undefined;

  function open(): void {
    cancel?.();
    cancel = undefined;
    toldAt = clock.steady();
    tellTime();
    for (const change of waiting.splice(0)) letIn(change);
  }

  return {
    add(change: PresenceChange, isBirth: boolean): void {
      if (waiting.length === 0 && !isBirth) return letIn(change);
      waiting.push(change);
      if (clock.steady() - toldAt >= GATHER) open();
      else cancel ??= clock.every(GATHER, open);
    },
    stop(): void {
      cancel?.();
    },
  };
}
