import type { Fault, FaultName } from '../world/faults.ts';
import { instantText } from '../world/scenario-time.ts';
import type { Draft, Span } from './demand.ts';
import { aimedAtCard, cardAimOf } from './generate-card-aims.ts';
import { CARD_KINDS } from './generate-card-faults.ts';
import type { Draws } from './generate-draws.ts';
import { MAKE } from './generate-fault-kinds.ts';
import type { Making } from './generate-fault-parts.ts';
import type { Swarm } from './swarm.ts';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;

/** And what else meets a card's order. */
const COMMON = [
  'NET-DROP',
  'NET-DUP',
  'NET-DELAY',
  'NET-RESET',
  'NET-PART',
  'PLT-CRASH',
  'DSK-ERROR',
  'KSK-CRASH',
  'KSK-DOUBLE',
  'BRK-RESTART',
] as const satisfies FaultName[];

const ALL_KINDS = [...CARD_KINDS, ...COMMON];

/** What a world is to have of cards. */
export interface CardWishes {
  /** The kinds of fault that somebody asked for. */
  only?: readonly FaultName[] | undefined;
  /** Purchases are voided, too. */
  voids: boolean;
  /** An order of its own aims at a cell of the matrix. */
  aims: boolean;
}

/** A conduct of the utility with one order: at most one of them. */
const CONDUCTS: ReadonlySet<FaultName> = new Set<FaultName>([
  'UTL-TIMEOUT-ORDERED',
  'UTL-TIMEOUT-NOT',
  'UTL-LOST-REPLY',
  'UTL-DOWN',
]);

/**
 * Customers with meter cards in a small world, and what goes wrong with them. Each draw has a name of its own, so that a world without cards is what it would be if there were none at all.
 */
export function cardsOf(
  draws: Draws,
  span: Span,
  swarm: Swarm,
  { only, voids, aims }: CardWishes,
): { orders: Draft[]; faults: Fault[] } {
  const orders = purchasesOf(draws, span, voids);
  const kinds = cardKindsOf(draws, only);
  const faults: Fault[] = [];
  const told = new Set<string>();
  const count =
    kinds.length === 0 || draws.happens('card fault-free', 1 / 10) ? 0 : draws.between('card faults', 1, 5);
  for (let i = 0; i < count; i++) {
    const name = `card fault ${i}`;
    const kind = draws.of(`${name} kind`, kinds);
    const victim = draws.of(`${name} order`, orders);
    const making: Making = { draws, name, span, victim, ever: swarm.ever, cutByHand: false };
    const fault = MAKE[kind](making);
    if (!fault) continue;
    const key = CONDUCTS.has(kind) ? `conduct ${victim.plan.name}` : JSON.stringify(fault);
    const once = kind === 'UTL-NO-SEAL' || kind === 'UTL-NO-CONFIRM' ? `${kind} ${victim.plan.name}` : key;
    if (told.has(once)) continue;
    told.add(once);
    faults.push(fault);
  }
  const aim = aims ? cardAimOf(draws) : undefined;
  if (!aim) return { orders, faults };
  const aimed = aimedAtCard(draws, span, aim);
  return {
    orders: [...orders, ...aimed.orders].sort((a, b) => a.at - b.at),
    faults: [...faults, ...aimed.faults],
  };
}

/** What may go wrong with the cards of one seed's world. */
export const cardKindsOf = (draws: Draws, only?: readonly FaultName[]): (typeof ALL_KINDS)[number][] =>
  ALL_KINDS.filter((name) => only?.includes(name) ?? draws.happens(`card swarm ${name}`, 0.6));

/** Two or three customers a world, so that one buys twice; some purchases are voided within minutes. */
function purchasesOf(draws: Draws, span: Span, voids: boolean): Draft[] {
  const { world, start, end } = span;
  const orders: Draft[] = [];
  const count = draws.between('card orders', 1, 4);
  const last = Math.max(start + 1, end - 3 * MINUTE);
  for (let i = 1; i <= count; i++) {
    const name = `k${i}`;
    const at = draws.between(`${name} at`, start, last);
    const station = draws.between(`${name} station`, 1, world.stations);
    const customer = draws.between(`${name} customer`, 1, 3);
    const fen = draws.happens(`${name} odd`, 0.1)
      ? draws.of(`${name} fen`, [50, 6_000_000])
      : 100 * draws.between(`${name} yuan`, 10, 300);
    orders.push({
      at,
      plan: { name, at: instantText(span, at), station, do: 'card', customer, fen },
    });
    if (!voids || !draws.happens(`${name} void`, 0.4)) continue;
    // Mostly before the card is home; now and then when its meter has taken the purchase.
    const most = draws.happens(`${name} void late`, 0.35) ? 55 * MINUTE : 15 * MINUTE;
    const then = Math.min(end - 1, at + draws.between(`${name} void after`, 10 * SECOND, most));
    orders.push({
      at: then,
      plan: {
        name: `${name}v`,
        at: instantText(span, then),
        // Now and then at another outlet, whose business it is not.
        station: draws.happens(`${name} void elsewhere`, 0.15)
          ? draws.between(`${name} void station`, 1, world.stations)
          : station,
        do: 'cardVoid',
        of: name,
      },
    });
  }
  return orders.sort((a, b) => a.at - b.at);
}
