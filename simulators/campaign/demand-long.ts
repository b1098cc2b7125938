import type { Conduct, ConductName } from '../counterparts/carrier/conduct.ts';
import type { Operation } from '../world/scenario.ts';
import { instantText } from '../world/scenario-time.ts';
import type { Draft, Span } from './demand.ts';
import { plainNumber } from './demand-customer.ts';
import type { Draws } from './generate-draws.ts';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

/**
 * For a day the platform asks by itself, then a person takes over: in a world that lasts longer, its first top-up lives to see
 * that, and is asked about afterwards. Changes the orders and the operations that it is given.
 */
export function outliveADay(
  draws: Draws,
  span: Span,
  { orders, operations }: { orders: Draft[]; operations: Operation[] },
  asks: boolean,
): void {
  const first = orders.find(({ plan }) => plan.do === 'topup');
  if (first?.plan.do !== 'topup' || span.end - span.start <= DAY + 31 * MINUTE) return;
  first.at = span.start + draws.between('long at', 0, 30 * MINUTE);
  first.long = true;
  first.plan = {
    name: first.plan.name,
    at: instantText(span, first.at),
    station: first.plan.station,
    do: 'topup',
    account: plainNumber(draws, 'long'),
    fen: 1_000,
    conduct: conductOf(draws),
  };
  if (!asks) return;
  const left = span.end - first.at - DAY;
  for (let i = draws.between('long inquiries', 1, 4); i > 0; i--) {
    const at = first.at + DAY + draws.between(`long inquiry ${i}`, 1_000, Math.min(left, 90 * MINUTE) - 1);
    operations.push({ at: instantText(span, at), do: 'inquire', of: first.plan.name });
  }
}

/** It never decides, or a little more than a day later. */
function conductOf(draws: Draws): ConductName | Conduct {
  if (draws.happens('long for ever', 0.3)) return 'processingForEver';
  return {
    upstream: draws.of('long upstream', ['charge', 'decline']),
    delayMs: DAY + draws.of('long delay', [1, 3, 8, 20, 50]) * MINUTE,
    processing: true,
    tell: draws.of('long tell', ['result', 'result', 'nothing']),
  };
}
