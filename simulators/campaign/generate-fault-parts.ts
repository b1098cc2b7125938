import { type Duration, MESSAGES, type MessageName } from '../world/faults.ts';
import { instantText } from '../world/scenario-time.ts';
import type { Draft, Span } from './demand.ts';
import { CARD_MESSAGES, VOID_MESSAGES } from './generate-card-faults.ts';
import type { Draws } from './generate-draws.ts';

/** What a fault is made from. */
export interface Making {
  draws: Draws;
  /** Its own name among the draws. */
  name: string;
  span: Span;
  /** The order that it is to hit. */
  victim: Draft;
  /** The share of lasting faults that stay. */
  ever: number;
  /** Somebody cuts the day by hand. */
  cutByHand: boolean;
  /** Only a counter and what stands there, for at most so many ms: the rest of a great day goes on as it would. */
  localMs?: number;
}

const HOUR = 3_600_000;

export const length = ({ draws, name, span, localMs }: Making, most = span.end - span.start) =>
  draws.span(`${name} length`, Math.min(most, localMs ?? most));

export const lasting = (making: Making): Duration =>
  making.draws.happens(`${making.name} ever`, making.ever) ? 'ever' : Math.max(1, length(making));

/** Whether it is to happen when a person has the order already, a day after it was taken. */
const afterADay = ({ draws, name, victim }: Making) =>
  victim.long === true && draws.happens(`${name} manual`, 0.6);

/** Ms after the order was taken, at most so many; of an order that outlives a day often after that day. */
export function since(making: Making, most: number): number {
  const { draws, name, span, victim } = making;
  if (!afterADay(making)) return draws.span(`${name} after`, most);
  const left = Math.max(0, span.end - victim.at - 24 * HOUR);
  return Math.min(
    24 * HOUR + draws.span(`${name} after`, Math.min(left, 2 * HOUR)),
    span.end - victim.at - 1,
  );
}

/** Around the victim's life, where it meets something; now and then at any time. */
export function instant(making: Making): string {
  const { draws, name, span, victim } = making;
  const any = draws.happens(`${name} any time`, 0.15);
  const at = any
    ? draws.between(`${name} at`, span.start, span.end - 1)
    : victim.at - 500 + since(making, span.end - span.start);
  return instantText(span, Math.min(Math.max(at, span.start), span.end - 1));
}

export const place = ({ draws, name, victim, localMs }: Making): number | 'carrier' =>
  localMs === undefined && draws.happens(`${name} carrier`, 0.5) ? 'carrier' : victim.plan.station;

/** The first is the rule; a later one only where the earlier came. */
export const nth = ({ draws, name }: Making, most: number) =>
  draws.happens(`${name} later one`, 0.3) ? { nth: draws.between(`${name} nth`, 2, most) } : {};

/** After a day of inquiries, each with its answer and its commit, the next is about the fiftieth. */
export const nthOfMany = (making: Making, most: number) =>
  afterADay(making) ? { nth: making.draws.between(`${making.name} nth`, 44, 58) } : nth(making, most);

const LOCAL = MESSAGES.filter((message) => /^(http|printer)\./.test(message));
/** An order without a card never meets the others. */
const PLAIN = MESSAGES.filter((message) => /^(http|printer|carrier)\./.test(message));

export function ofMessage(making: Making, among: readonly MessageName[] = PLAIN) {
  const { draws, name, victim } = making;
  const topup = victim.plan.do === 'topup';
  if (victim.plan.do === 'card' || victim.plan.do === 'cardVoid') {
    const all = victim.plan.do === 'card' ? CARD_MESSAGES : VOID_MESSAGES;
    const own = among === PLAIN ? all : all.filter((each) => among.includes(each));
    return { order: victim.plan.name, message: draws.of(`${name} message`, own), ...nth(making, 3) };
  }
  const message = draws.of(`${name} message`, topup ? among : among.filter((each) => LOCAL.includes(each)));
  const many = message.startsWith('carrier.inquire');
  const most = message.startsWith('http.') && !draws.happens(`${name} third`, 0.2) ? 2 : 3;
  return { order: victim.plan.name, message, ...(many ? nthOfMany(making, 12) : nth(making, most)) };
}

export const flag = <K extends string>({ draws, name }: Making, member: K, share = 0.4) =>
  draws.happens(`${name} ${member}`, share) ? ({ [member]: true } as { [k in K]?: true }) : {};

/** Up to a day and more, either way. */
export function skew({ draws, name }: Making): number {
  const by = Math.max(1, draws.span(`${name} by`, 25 * HOUR));
  return draws.happens(`${name} back`, 0.5) ? -by : by;
}
