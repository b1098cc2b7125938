import type { Outcome } from '../../../simulators/campaign/worker-job.ts';
import type { Simulator } from '../../../simulators/campaign/worker-play.ts';
import type { Violation } from '../../../simulators/checker/invariant.ts';
import type { Fault } from '../../../simulators/world/faults.ts';
import type { RunResult } from '../../../simulators/world/result.ts';
import type { OrderPlan, Scenario } from '../../../simulators/world/scenario.ts';

/** A scenario of top-ups, one a minute from 08:01 on, at the stations in turn. */
export function scenarioOf(orders: number, more: Partial<Scenario> = {}): Scenario {
  const stations = more.world?.stations ?? 3;
  return {
    v: 1,
    seed: 1,
    world: { start: '2026-11-23 08:00:00', hours: 6, stations, creditFen: 1_234_500 },
    orders: Array.from({ length: orders }, (_, i) =>
      topUp(`o${i}`, { minute: i + 1, station: (i % stations) + 1 }),
    ),
    operations: [],
    faults: [],
    ...more,
  };
}

export const topUp = (name: string, { minute = 1, station = 1, fen = 1_234 } = {}): OrderPlan => ({
  name,
  do: 'topup',
  at: `${String(8 + Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}:17.345`,
  station,
  account: '13800001111',
  fen,
});

export const drop = (order: string): Fault => ({
  fault: 'NET-DROP',
  order,
  message: 'carrier.perform.completed',
});

export const broken = (invariant: string, more: Partial<Violation> = {}): Violation => ({
  invariant,
  kind: 'safety',
  at: Date.parse('2026-11-23T10:00:00+08:00'),
  zh: '坏了',
  en: 'broken',
  ...more,
});

/** A run that ended like this; whatever is not named passed and was uneventful. */
export const resultOf = (scenario: Scenario, more: Partial<RunResult> = {}): RunResult => ({
  verdict: more.violation ? 'fail' : more.crash === undefined ? 'pass' : 'inconclusive',
  traceHash: `hash of ${scenario.seed}`,
  virtualSeconds: 3_600,
  events: 10,
  orders: scenario.orders.length,
  receipts: scenario.faults.map(({ fault }, index) => ({ index, fault, at: 0, states: ['sent'] })),
  probes: {},
  checked: { S1: 1 },
  ends: Object.fromEntries(
    scenario.orders.map(({ name }) => [
      name,
      { state: 'succeeded', fen: 1_234, businessDate: '2026-11-23', chargedFen: 1_234, cases: 0 },
    ]),
  ),
  credit: {},
  ...more,
});

/** Scenarios of one order and one fault; `run` says how they end. */
export const simulatorOf = (run: (scenario: Scenario) => Partial<RunResult> = () => ({})): Simulator => ({
  generate: (seed) => ({ ...scenarioOf(1, { faults: [drop('o0')] }), seed }),
  runScenario: (scenario) => resultOf(scenario, run(scenario)),
});

export const outcomeOf = (more: Partial<Outcome> = {}): Outcome => ({
  seed: 1,
  verdict: 'pass',
  traceHash: 'h',
  virtualSeconds: 86_400,
  events: 1,
  orders: 1,
  planned: 1,
  delivered: 1,
  hits: [],
  probes: {},
  checked: {},
  shape: {
    stations: 1,
    hours: 1,
    start: 8,
    faults: 1,
    healersAbsent: 0,
    flows: { topup: 1 },
    amounts: { 5000: 1 },
  },
  cross: {},
  ...more,
});
