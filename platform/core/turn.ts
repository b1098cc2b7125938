import type { Envelope } from '../../contracts/envelope.ts';
import type { Place } from '../../contracts/topics.ts';
import { apply } from './apply.ts';
import type { Order } from './order.ts';
import type { AlertCode, ProblemCode } from './problems.ts';
import type { Record } from './records.ts';
import type { State } from './state.ts';

/** What leaves the platform, once the records it rests on are durable, and in this order. */
export type Effect =
  | { kind: 'publish'; place: Place; envelope: Envelope }
  | { kind: 'answer'; answer: Answer }
  /** Somebody may be looking at this order, or at this outlet's credit: tell them to look again. */
  | { kind: 'changed'; outlet: string; order?: string }
  | { kind: 'alert'; code: AlertCode; about: string };

/** The answer to a command: the order it made or found, or why not. */
export type Answer =
  | { ok: true; order?: Order }
  | { ok: false; code: ProblemCode; detail?: string; order?: Order };

type WithoutTime<R> = R extends { at: number } ? Omit<R, 'at'> : never;

/**
 * One step of the core: what happens because of one input at one time. A record is applied at once, so that the rest of the
 * step sees it; the effects wait in the runtime until the records are durable.
 */
export interface Turn {
  readonly state: State;
  /** Platform time, ms; never less than at any step before. */
  readonly now: number;
  readonly records: Record[];
  readonly effects: Effect[];
  /** Names of the rare branches this step took, for coverage. */
  readonly marks: string[];
}

export const newTurn = (state: State, now: number): Turn => ({
  state,
  now: Math.max(now, state.now),
  records: [],
  effects: [],
  marks: [],
});

export function record(turn: Turn, what: WithoutTime<Record>): void {
  const whole = { at: turn.now, ...what } as Record;
  turn.records.push(whole);
  apply(turn.state, whole);
}

export function publish(turn: Turn, place: Place, envelope: Omit<Envelope, 'source' | 'time'>): void {
  turn.effects.push({
    kind: 'publish',
    place,
    envelope: { source: 'platform', time: turn.now, ...envelope },
  });
}

export const answer = (turn: Turn, value: Answer) => turn.effects.push({ kind: 'answer', answer: value });

export const refuse = (turn: Turn, code: ProblemCode, detail?: string) =>
  answer(turn, { ok: false, code, ...(detail ? { detail } : {}) });

export const changed = (turn: Turn, order: Order) =>
  turn.effects.push({ kind: 'changed', outlet: order.outlet, order: order.id });

/** Tells the administrators, once, on the record. */
export function alert(turn: Turn, code: AlertCode, about: string, order?: string): void {
  record(turn, { type: 'alertRaised', code, about, ...(order ? { order } : {}) });
  turn.effects.push({ kind: 'alert', code, about });
}

export const mark = (turn: Turn, name: string) => turn.marks.push(name);
