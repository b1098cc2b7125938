import { isOfCard } from '../world/fault-states.ts';
import type { FaultName } from '../world/faults.ts';
import type { Healer, Scenario, World } from '../world/scenario.ts';
import { parseStart, windowEnd } from '../world/scenario-time.ts';
import { demandOf } from './demand.ts';
import { type DayWorld, dayOf } from './demand-day.ts';
import { aimed } from './generate-aimed.ts';
import { aimsOf, isLong } from './generate-aims.ts';
import { hasCards } from './generate-card-aims.ts';
import { cardsOf } from './generate-cards.ts';
import { type Draws, drawsOf } from './generate-draws.ts';
import { faultsOf } from './generate-faults.ts';
import { flowsOf, mixOf } from './mix.ts';
import { swarmOf } from './swarm.ts';

export interface GenerateOptions {
  /** Small worlds by a name; or so many stations for so many hours, as a real day would be. */
  size: 'tiny' | 'medium' | 'large' | DayWorld;
  /** Only these, see `FLOWS`. */
  flows?: readonly string[];
  /** Only these kinds of fault, all of them present. */
  faults?: readonly FaultName[];
}

/**
 * The scenario of a seed: the same seed and options, the same text, on any machine. Everything that goes wrong in it is listed
 * one by one; nothing is left to chance at run time. Throws where a flow is asked for that does not exist.
 */
export function generate(seed: number, { size, flows, faults: kinds }: GenerateOptions): Scenario {
  const draws = drawsOf(seed);
  if (typeof size !== 'string') return dayOf(draws, size, flowsOf(flows), kinds);

  const mix = mixOf(draws, flows);
  const swarm = swarmOf(draws, kinds);
  // In a large world one place that never comes back would leave nothing to see for the rest of the day.
  if (size === 'large') swarm.ever /= 5;
  const shape = SHAPES[size](draws);
  const isFree = draws.happens('fault-free', 1 / 16);
  // Where somebody asks for some flows or faults there is nothing else.
  const aims = size === 'tiny' && !isFree && !flows && !kinds ? aimsOf(draws) : [];
  const world = worldOf(draws, shape, swarm.without);
  const start = parseStart(world.start) ?? 0;
  const span = { world, start, end: windowEnd({ world }) };
  const found = aims.map((aim, i) => aimed(draws, span, `a${i + 1}`, aim));
  const own = found.flatMap(({ orders }) => orders);
  const given = found.flatMap((each) => each.faults);
  const demand = demandOf(draws, span, mix, shape.orders - own.length, own.length === 0);
  // What else goes wrong leaves an order to its aim, but for one that lives for more than a day.
  const open = { ...demand, orders: [...demand.orders, ...own.filter(({ long }) => long)] };
  const faults = faultsOf(draws, span, open, swarm, isFree ? 0 : shape.faults, 'fault', given);
  faults.push(...given);
  demand.orders.push(...own);
  demand.operations.push(...found.flatMap(({ operations }) => operations));
  const needs = found.flatMap((each) => each.needs);
  if (own.length > 0) bring(world, needs);
  if (wantsCards(draws, flows, kinds)) {
    const voids = flows === undefined || flows.includes('cardVoid');
    const cards = cardsOf(draws, span, swarm, { only: kinds, voids, aims: aims.length > 0 });
    demand.orders.push(...cards.orders);
    faults.push(...cards.faults);
  }
  demand.orders.sort((a, b) => a.at - b.at);
  return {
    v: 1,
    seed,
    world,
    orders: demand.orders.map(({ plan }) => plan),
    operations: demand.operations,
    faults,
  };
}

/** Where nobody says what is to be there, a share of the worlds has cards. */
function wantsCards(draws: Draws, flows?: readonly string[], kinds?: readonly FaultName[]): boolean {
  if (flows) return flows.includes('card') || flows.includes('cardVoid');
  return kinds ? kinds.some(isOfCard) : hasCards(draws);
}

/** What a world aims at needs credit, and who makes up for something. */
function bring(world: World, needs: readonly Healer[]): void {
  world.creditFen = Math.max(world.creditFen, 50_000);
  const without = world.without?.filter((healer) => !needs.includes(healer)) ?? [];
  if (without.length > 0) world.without = without;
  else delete world.without;
}

interface Shape {
  stations: number;
  hours: number;
  orders: number;
  faults: number;
  /** What an outlet may have bought before the start, in fen. */
  credits: readonly number[];
}

const SHAPES: { [size in 'tiny' | 'medium' | 'large']: (draws: Draws) => Shape } = {
  tiny(draws) {
    // Only after a day does a person take over: a few small worlds last that long.
    const long = isLong(draws);
    return {
      stations: draws.between('stations', 1, 3),
      hours: long ? draws.between('long hours', 25, 32) : 1,
      orders: draws.between('orders', 5, long ? 6 : 9),
      faults: draws.between('faults', long ? 2 : 0, 6),
      credits: long ? CREDITS.slice(4) : CREDITS,
    };
  },
  medium: (draws) => ({
    stations: draws.between('stations', 2, 12),
    hours: draws.happens('long', 1 / 10) ? 26 : 6,
    orders: draws.between('orders', 12, 90),
    faults: draws.between('faults', 1, 24),
    credits: CREDITS.slice(2),
  }),
  large: (draws) => ({
    stations: draws.between('stations', 24, 36),
    hours: 24,
    orders: draws.between('orders', 300, 900),
    faults: draws.between('faults', 10, 60),
    credits: CREDITS.slice(7),
  }),
};

/** From one that buys nothing to one that never runs out: most small worlds have little, so that orders compete for it. */
const CREDITS = [
  0, 50_000, 50_000, 60_000, 100_000, 100_000, 200_000, 500_000, 2_000_000, 20_000_000,
] as const;

/** Over the day, and often so that the day is cut or midnight passes while orders come. */
const STARTS = ['20:30:00', '20:59:30', '23:30:00', '20:10:00'] as const;

const LINKS: readonly (World['linkMs'] | undefined)[] = [
  undefined,
  undefined,
  undefined,
  [1, 1],
  [20, 400],
  [100, 3_000],
];
const DISKS: readonly (World['diskMs'] | undefined)[] = [
  undefined,
  undefined,
  undefined,
  [1, 1],
  [5, 30],
  [50, 800],
];

function worldOf(
  draws: Draws,
  { stations, hours, credits }: Shape,
  without: World['without'] & object,
): World {
  const two = (n: number) => String(n).padStart(2, '0');
  const edge = draws.happens('starts at an edge', 0.35);
  const time = edge
    ? draws.of('start', STARTS)
    : `${two(draws.between('start hour', 0, 23))}:${two(draws.between('start minute', 0, 59))}:00`;
  const date = draws.of('start date', ['2026-11-23', '2026-11-23', '2026-12-31', '2027-02-28', '2028-02-29']);
  const link = draws.of('link', LINKS);
  const disk = draws.of('disk', DISKS);
  return {
    start: `${date} ${time}`,
    hours,
    stations,
    creditFen: draws.of('credit', credits),
    ...(without.length > 0 ? { without } : {}),
    ...(link ? { linkMs: link } : {}),
    ...(disk ? { diskMs: disk } : {}),
    ...(draws.happens('embedded broker', 0.3) ? { embeddedBroker: true } : {}),
  };
}
