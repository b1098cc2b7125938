import { instantText } from '../world/scenario-time.ts';
import type { Draft, Span } from './demand.ts';
import type { Draws } from './generate-draws.ts';
import type { Flow } from './mix.ts';

/** An outlet sends somebody to the office below this, for so much, and it is there a while before it is needed. */
const LOW_FEN = 300_000;
const PURCHASE_FEN = 1_500_000;
const EARLIER = 5 * 60_000;

/**
 * The orders with the purchases of credit that let them go through: so many that a day does not end in refusals alone. Some
 * are wrong and taken back. Orders must be in their order of time, and come back so.
 */
export function withPurchases(
  draws: Draws,
  span: Span,
  orders: readonly Draft[],
  flows: ReadonlySet<Flow>,
): Draft[] {
  if (!flows.has('credit')) return [...orders];
  const credit = new Map<number, number>();
  const purchases: Draft[] = [];
  for (const { at, plan } of orders) {
    if (plan.do !== 'topup') continue;
    const left = (credit.get(plan.station) ?? span.world.creditFen) - plan.fen;
    credit.set(plan.station, left);
    if (left >= LOW_FEN) continue;
    credit.set(plan.station, left + PURCHASE_FEN);
    const name = `${plan.name}c`;
    const when = Math.max(span.start, at - EARLIER);
    const base = { station: plan.station, at: instantText(span, when) };
    purchases.push({ at: when, plan: { name, ...base, do: 'credit', fen: PURCHASE_FEN } });
    if (!flows.has('void') || !draws.happens(`${name} wrong`, 0.05)) continue;
    // The clerk keyed it twice, and takes the second back.
    const second = { ...base, name: `${name}2`, do: 'credit', fen: PURCHASE_FEN } as const;
    const back = Math.min(when + draws.between(`${name} back`, 20_000, 120_000), span.end - 1);
    purchases.push({ at: when, plan: second });
    purchases.push({
      at: back,
      plan: {
        name: `${name}v`,
        at: instantText(span, back),
        station: plan.station,
        do: 'void',
        of: second.name,
      },
    });
  }
  return [...orders, ...purchases].sort((a, b) => a.at - b.at);
}
