import type { Operation, OrderPlan } from '../world/scenario.ts';
import type { Draws } from './generate-draws.ts';

/** What people come for, as `--flows` names it. */
export const FLOWS = [
  'topup',
  'credit',
  'void',
  'card',
  'cardVoid',
  'reprint',
  'inquire',
  'cutDay',
] as const satisfies readonly (OrderPlan['do'] | Operation['do'])[];
export type Flow = (typeof FLOWS)[number];

/** How often what is asked for in one seed's world; shares of its orders. */
export interface Mix {
  credit: number;
  void: number;
  reprint: number;
  inquire: number;
  /** Somebody may ask at all. */
  asks: boolean;
  cuts: number;
  /** No top-ups at all: only what `--flows` named. */
  topups: boolean;
  /** Top-ups with a number that tells a story, or with a conduct of their own. */
  magic: number;
  conduct: number;
  oddNumber: number;
  oddAmount: number;
  sameCustomer: number;
  lookAlike: number;
  sameInstant: number;
}

/** Which flows there are where these were asked for: also those that they need. Throws where one does not exist. */
export function flowsOf(asked: readonly string[] = FLOWS): ReadonlySet<Flow> {
  for (const flow of asked)
    if (!FLOWS.includes(flow as Flow))
      throw new Error(`there is no flow «${flow}»; name one or more of ${FLOWS.join(', ')}`);
  const flows = new Set(asked as readonly Flow[]);
  if (flows.has('void')) flows.add('credit');
  if (flows.has('cardVoid')) flows.add('card');
  // Who repeats or inquires needs something to speak of.
  if (!flows.has('credit') || flows.has('inquire')) flows.add('topup');
  return flows;
}

export function mixOf(draws: Draws, asked?: readonly string[]): Mix {
  const flows = flowsOf(asked);
  const wanted = (flow: Flow) => flows.has(flow);
  const voids = wanted('void');
  const credits = wanted('credit');
  const topups = wanted('topup');
  const alone = topups ? 1 : 3;
  return {
    // A share of their own where somebody asks for just that.
    credit: credits ? (asked ? 0.3 * alone : draws.rate('mix credit', 0.3)) : 0,
    void: voids ? (asked ? 0.6 : draws.rate('mix void', 0.8)) : 0,
    reprint: wanted('reprint') ? (asked ? 0.4 : draws.rate('mix reprint', 0.4)) : 0,
    inquire: wanted('inquire') ? (asked ? 0.4 : draws.rate('mix inquire', 0.4)) : 0,
    asks: wanted('inquire'),
    cuts: wanted('cutDay')
      ? asked
        ? 1
        : draws.happens('mix cut', 0.2)
          ? draws.between('mix cuts', 1, 2)
          : 0
      : 0,
    topups,
    magic: draws.rate('mix magic', 0.25),
    conduct: draws.rate('mix conduct', 0.2),
    oddNumber: draws.rate('mix odd number', 0.1),
    oddAmount: draws.rate('mix odd amount', 0.15),
    sameCustomer: draws.rate('mix same customer', 0.3),
    lookAlike: draws.rate('mix look-alike', 0.25),
    sameInstant: draws.rate('mix same instant', 0.3),
  };
}
