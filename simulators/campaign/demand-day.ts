import { FAULT_NAMES } from '../world/fault-catalogue.ts';
import { isOfCard } from '../world/fault-states.ts';
import type { FaultName } from '../world/faults.ts';
import type { Operation, Scenario, World } from '../world/scenario.ts';
import { instantText, startOf, windowEnd } from '../world/scenario-time.ts';
import type { Draft, Span } from './demand.ts';
import { plainNumber } from './demand-customer.ts';
import { withPurchases } from './demand-purchases.ts';
import type { Draws } from './generate-draws.ts';
import { faultsOf } from './generate-faults.ts';
import type { Flow } from './mix.ts';

/** A world as large and as long as somebody asks for, with the custom of a real day. */
export interface DayWorld {
  stations: number;
  hours: number;
  /** `stress`: as many as 300 stations can take. `hangzhou`: as many as come to the 292 booths of a city. */
  profile: 'stress' | 'hangzhou';
}

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const OPENS = 8;

/** Parts of a hundred in each hour from 8:00 to 22:00, with a peak at midday and one in the evening. */
const CURVE = [3, 6, 8, 10, 9, 5, 5, 6, 7, 10, 11, 9, 7, 4] as const;

/** Top-ups a day: 40,000 at 300 stations. */
const STRESS_PER_STATION = 400 / 3;

/** What customers of the city pay, out of a hundred: 75 yuan on the average. */
const CITY_AMOUNTS: readonly (readonly [parts: number, fen: number])[] = [
  [2, 1_000],
  [5, 2_000],
  [12, 3_000],
  [36, 5_000],
  [38, 10_000],
  [6, 20_000],
  [1, 30_000],
];

/** Bought before the start: with purchases during the day, and where nobody may buy any. */
const CREDIT_FEN = 1_000_000;
const ALL_CREDIT_FEN = 50_000_000;

/**
 * A day of many stations. A world of up to 14 hours starts when they open, a longer one at midnight; one order in twenty is hit
 * by a fault, the platform dies once or twice, the broker restarts.
 */
export function dayOf(
  draws: Draws,
  { stations, hours, profile }: DayWorld,
  flows: ReadonlySet<Flow>,
  only?: readonly FaultName[],
): Scenario {
  const opens = hours <= CURVE.length ? `${String(OPENS).padStart(2, '0')}:00:00` : '00:00:00';
  const world: World = {
    start: `2026-11-23 ${opens}`,
    hours,
    stations,
    creditFen: flows.has('credit') ? CREDIT_FEN : ALL_CREDIT_FEN,
  };
  const span: Span = { world, start: startOf({ world }), end: windowEnd({ world }) };
  const orders: Draft[] = [];
  for (let station = 1; station <= stations; station++) comeTo(station);
  orders.sort((a, b) => a.at - b.at);
  const all = withPurchases(draws, span, orders, flows);
  const operations = operationsOf(draws, span, all, flows);
  return {
    v: 1,
    seed: draws.seed,
    world,
    orders: all.map(({ plan }) => plan),
    operations,
    faults: only?.length === 0 ? [] : faultsOfDay(draws, span, { orders: all, operations }, only),
  };

  function comeTo(station: number): void {
    const days = Math.ceil(hours / 24);
    for (let day = 0; day < days; day++) {
      const count = customAt(draws, `day ${day} station ${station}`, station, profile);
      for (let i = 0; i < count; i++) {
        const name = `s${station}${day === 0 ? '' : `d${day + 1}`}n${i + 1}`;
        const at =
          timeOf(draws, name) + Math.floor((span.start + 8 * HOUR) / DAY) * DAY - 8 * HOUR + day * DAY;
        if (at < span.start || at >= span.end) continue;
        const base = { name, at: instantText(span, at), station };
        if (flows.has('topup')) {
          const account = plainNumber(draws, name);
          const fen =
            profile === 'stress' ? draws.between(`${name} fen`, 1, 50) * 1_000 : cityAmount(draws, name);
          orders.push({ at, plan: { ...base, do: 'topup', account, fen } });
          continue;
        }
        orders.push({
          at,
          plan: { ...base, do: 'credit', fen: draws.between(`${name} fen`, 1, 20) * 50_000 },
        });
        if (!flows.has('void') || !draws.happens(`${name} void`, 0.3)) continue;
        const back = Math.min(at + draws.between(`${name} back`, 1_000, HOUR), span.end - 1);
        const taken = { ...base, name: `${name}v`, at: instantText(span, back) };
        orders.push({ at: back, plan: { ...taken, do: 'void', of: name } });
      }
    }
  }
}

/** How many come to a station in a day. In the city they thin out: 25 at the busiest, at most of the others a few. */
function customAt(draws: Draws, name: string, station: number, profile: DayWorld['profile']): number {
  if (profile === 'hangzhou') {
    const mean = (25 * 8) / (7 + station);
    return station === 1 ? 25 : Math.floor(mean + draws.between(name, 0, 99) / 100);
  }
  return Math.floor(STRESS_PER_STATION + draws.between(name, 0, 99) / 100);
}

/** Ms after midnight, by the curve of the day. */
function timeOf(draws: Draws, name: string): number {
  let part = draws.between(`${name} hour`, 0, 99);
  let hour = 0;
  while (part >= (CURVE[hour] ?? 100)) part -= CURVE[hour++] ?? 100;
  return (OPENS + hour) * HOUR + draws.between(`${name} ms`, 0, HOUR - 1);
}

function cityAmount(draws: Draws, name: string): number {
  let part = draws.between(`${name} fen`, 0, 99);
  for (const [parts, fen] of CITY_AMOUNTS) {
    if (part < parts) return fen;
    part -= parts;
  }
  return 5_000;
}

function operationsOf(
  draws: Draws,
  span: Span,
  orders: readonly Draft[],
  flows: ReadonlySet<Flow>,
): Operation[] {
  const operations: Operation[] = [];
  for (const { at, plan } of orders) {
    if (plan.do !== 'topup') continue;
    const later = (name: string) =>
      instantText(span, Math.min(at + draws.between(name, 5_000, HOUR), span.end - 1));
    // A customer in a hundred comes back for another sheet, one in two hundred asks what became of it.
    if (flows.has('reprint') && draws.happens(`${plan.name} reprint`, 0.01))
      operations.push({ at: later(`${plan.name} reprint at`), do: 'reprint', of: plan.name });
    if (flows.has('inquire') && draws.happens(`${plan.name} inquire`, 0.005))
      operations.push({ at: later(`${plan.name} inquire at`), do: 'inquire', of: plan.name });
  }
  return operations;
}

/** Ends a whole world, or what everybody waits for: a day has one or two of some of these, by hand, and no other. */
const GREAT: ReadonlySet<FaultName> = new Set<FaultName>([
  'PLT-CRASH',
  'PLT-PAUSE',
  'DSK-TORN',
  'DSK-FULL',
  'DSK-ERROR',
  'DSK-CORRUPT',
  'CLK-STEP',
  'CLK-SKEW',
  'BRK-RESTART',
  'CAR-CRASH',
  'CUT-RACE',
]);

function faultsOfDay(
  draws: Draws,
  span: Span,
  demand: { orders: readonly Draft[]; operations: readonly Operation[] },
  only: readonly FaultName[] | undefined,
) {
  const wanted = (name: FaultName) => only === undefined || only.includes(name);
  // Nobody brings a meter card: what can only hit one would take its share of the draws and come to nothing.
  const small = FAULT_NAMES.filter((name) => !GREAT.has(name) && !isOfCard(name) && wanted(name));
  const great: FaultName[] = [];
  for (const name of ['PLT-CRASH', 'BRK-RESTART', 'CAR-CRASH'] as const) if (wanted(name)) great.push(name);
  // A day in which nobody can sell would be no day: what hits a line hits a station's, and ends.
  const swarm = { kinds: small, without: [], ever: 0.02, gather: false, localMs: HOUR / 2 };
  const brief = { ...swarm, ever: 0, localMs: MENDED_WITHIN };
  return [
    ...faultsOf(draws, span, demand, swarm, Math.round(demand.orders.length / 20)),
    ...great.flatMap((name) => {
      const times = name === 'PLT-CRASH' ? draws.between('crashes', 1, 2) : 1;
      return faultsOf(draws, span, demand, { ...brief, kinds: [name] }, times, name);
    }),
  ];
}

/** What everybody waits for is mended within minutes. */
const MENDED_WITHIN = 5 * 60_000;
