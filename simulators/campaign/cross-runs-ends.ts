import type { Violation } from '../checker/invariant.ts';
import type { OrderEnd, RunResult } from '../world/result.ts';
import type { Compared } from './cross-runs.ts';

/** What two runs must agree in, and who they are, for the sentence. */
export interface Agreement {
  /** Of the world, ms: two runs differ at no one instant. */
  at: number;
  rule: string;
  /** The names of the orders, and the outlets, that are compared. */
  orders: readonly string[];
  outlets: readonly string[];
  zh: string;
  en: string;
}

/** What the other run failed with by itself, else the first difference; nothing where both runs agree. */
export function compareEnds(
  one: RunResult,
  other: RunResult,
  agreement: Agreement,
): Pick<Compared, 'violation' | 'failed'> {
  const { verdict, violation, crash } = other;
  if (verdict !== 'pass') return { failed: { verdict, violation, crash } };
  const difference = firstDifference(one, other, agreement);
  return difference ? { violation: difference } : {};
}

/** The first order that ended otherwise, or outlet with another credit. */
function firstDifference(one: RunResult, other: RunResult, agreement: Agreement): Violation | undefined {
  const { at, rule, orders, outlets, zh, en } = agreement;
  const differs = (order: string | undefined, zhSeen: string, enSeen: string): Violation => ({
    invariant: rule,
    kind: 'safety',
    at,
    ...(order === undefined ? {} : { order }),
    zh: `${zh}:${zhSeen}`,
    en: `${en}: ${enSeen}`,
  });
  for (const name of orders) {
    const [a, b] = [told(one.ends[name]), told(other.ends[name])];
    if (a !== b)
      return differs(
        name,
        `订单 ${name} 一次为 ${a},一次为 ${b}`,
        `order ${name} ended as ${a}, then as ${b}`,
      );
  }
  for (const outlet of outlets) {
    const [a, b] = [one.credit[outlet], other.credit[outlet]];
    if (a !== b)
      return differs(
        undefined,
        `网点 ${outlet} 信誉度一次为 ${yuan(a)},一次为 ${yuan(b)}`,
        `outlet ${outlet} had a credit of ${yuan(a)}, then of ${yuan(b)}`,
      );
  }
  return undefined;
}

const yuan = (fen: number | undefined) => (fen === undefined ? '?' : (fen / 100).toFixed(2));

/** Problems come and go with timing; what became of the money must not. */
function told(end: OrderEnd | undefined): string {
  if (!end) return 'none';
  const { state, fen, businessDate, chargedFen } = end;
  return `${state} ${yuan(fen)} on ${businessDate || 'no day'}, charged ${yuan(chargedFen)}`;
}
