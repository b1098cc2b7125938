import type { Violation } from '../checker/invariant.ts';
import type { OrderEnd, RunResult } from '../world/result.ts';

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

/** The first order that ended otherwise, or outlet with another credit; undefined where both runs agree. */
export function firstDifference(
  one: RunResult,
  other: RunResult,
  agreement: Agreement,
): Violation | undefined {
  const { at, rule, orders, outlets, zh, en } = agreement;
  const differs = (order: string | undefined, zhSeen: string, enSeen: string): Violation => ({
    invariant: rule,
    kind: 'safety',
    at,
    ...(order === undefined ? {} : { order }),
    zh: `${zh}:${zhSeen}`,
    en: `${en}: ${enSeen}`,
  });
  if (other.verdict !== 'pass') {
    const why = other.crash?.split('\n', 1)[0] ?? other.violation?.en ?? other.verdict;
    return differs(other.violation?.order, `另一次运行未通过(${why})`, `the other run did not pass (${why})`);
  }
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
