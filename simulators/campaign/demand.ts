import type { Operation, OrderPlan, World } from '../world/scenario.ts';
import { instantText } from '../world/scenario-time.ts';
import { type Customer, customerOf } from './demand-customer.ts';
import { outliveADay } from './demand-long.ts';
import type { Draws } from './generate-draws.ts';
import type { Mix } from './mix.ts';

/** An order while its world is being made: its instant in ms; `long`: it lives for more than a day. */
export type Draft = { at: number; plan: OrderPlan; long?: true };

export interface Span {
  world: World;
  /** The world's start and the end of its window, ms. */
  start: number;
  end: number;
}

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** The first day cut at or after an instant: 21:00 in Shanghai, 13:00 UTC. */
export function nextCut(ms: number): number {
  const ofDay = Math.floor(ms / DAY) * DAY + 13 * HOUR;
  return ofDay >= ms ? ofDay : ofDay + DAY;
}

/**
 * What people do in a small world: so many orders, at any time or in bursts, and what they do with them afterwards; `outlives`:
 * where the world lasts for more than a day, one of them does, too.
 */
export function demandOf(
  draws: Draws,
  span: Span,
  mix: Mix,
  count: number,
  outlives = true,
): { orders: Draft[]; operations: Operation[] } {
  const orders: Draft[] = [];
  const operations: Operation[] = [];
  const customers: Customer[] = [];
  const text = (ms: number) => instantText(span, ms);
  const times = instants(draws, span, mix, count);

  for (const [i, at] of times.entries()) {
    const name = `o${i + 1}`;
    const station = draws.between(`${name} station`, 1, span.world.stations);
    if (!mix.topups || draws.happens(`${name} credit`, mix.credit)) {
      buy(name, at, station);
      continue;
    }
    const last = orders.findLast(({ plan }) => plan.do === 'topup')?.plan;
    const isLookAlike = last?.do === 'topup' && draws.happens(`${name} look-alike`, mix.lookAlike);
    const customer = isLookAlike
      ? { account: last.account, fen: last.fen }
      : customerOf(draws, name, mix, customers);
    customers.push(customer);
    const again = isLookAlike && draws.happens(`${name} again`, 0.5) ? { again: true } : {};
    // Mostly where the first was: elsewhere it is another outlet's business.
    const where = isLookAlike && draws.happens(`${name} there`, 0.8) ? last.station : station;
    orders.push({ at, plan: { name, at: text(at), station: where, do: 'topup', ...customer, ...again } });
    for (const what of ['reprint', 'inquire'] as const)
      if (draws.happens(`${name} ${what}`, mix[what]))
        operations.push({ at: later(`${name} ${what}`, at), do: what, of: name });
  }
  for (let i = 1; i <= mix.cuts; i++)
    operations.push({ at: text(draws.between(`cut ${i}`, span.start, span.end - 1)), do: 'cutDay' });
  if (outlives) outliveADay(draws, span, { orders, operations }, mix.asks);
  orders.sort((a, b) => a.at - b.at);
  return { orders, operations };

  function buy(name: string, at: number, station: number): void {
    const fen = draws.of(`${name} fen`, [50_000, 50_000, 60_000, 100_000, 123_400, 500_000, 49_900]);
    orders.push({ at, plan: { name, at: text(at), station, do: 'credit', fen } });
    // The second finds it gone.
    for (const no of draws.happens(`${name} voids`, mix.void)
      ? draws.happens(`${name} twice`, 0.3)
        ? [1, 2]
        : [1]
      : []) {
      const when = Math.min(at + 1 + draws.span(`${name} void ${no}`, 2 * HOUR), span.end - 1);
      orders.push({
        at: when,
        plan: { name: `${name}v${no}`, at: text(when), station, do: 'void', of: name },
      });
    }
    if (draws.happens(`${name} reprint`, mix.reprint))
      operations.push({ at: later(`${name} reprint`, at), do: 'reprint', of: name });
  }

  function later(name: string, at: number): string {
    return text(Math.min(at + 1_000 + draws.span(`${name} after`, 30 * HOUR), span.end - 1));
  }
}

/** When orders come: over the whole window, or in bursts where they meet; some within the same millisecond. */
function instants(draws: Draws, { start, end }: Span, mix: Mix, count: number): number[] {
  const bursts = draws.happens('bursts', 0.6) ? draws.between('burst count', 1, 3) : 0;
  const cut = nextCut(start);
  const times: number[] = [];
  for (let i = 0; i < count; i++) {
    const name = `at ${i}`;
    const before = times.at(-1);
    let at = draws.between(name, start, end - 1);
    if (bursts > 0) {
      const burst = draws.between(`burst ${draws.between(`${name} burst`, 1, bursts)}`, start, end - 1);
      at = burst + draws.span(`${name} in burst`, 10_100);
    }
    if (cut < end && draws.happens(`${name} cut`, 0.1)) at = cut + draws.between(`${name} off`, -2, 2);
    if (before !== undefined && draws.happens(`${name} same`, mix.sameInstant)) at = before;
    times.push(Math.min(Math.max(at, start), end - 1));
  }
  return times.sort((a, b) => a - b);
}
