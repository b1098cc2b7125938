import type { InvariantId } from '../checker/invariant.ts';
import type { FaultName } from '../world/faults.ts';
import type { RunResult } from '../world/result.ts';
import type { Scenario } from '../world/scenario.ts';
import { isCompared, isRunTwice, type SizeOption, sizeOf } from './campaign-plan.ts';
import { COMPARISONS } from './cross-runs.ts';
import type { Job, Outcome } from './worker-job.ts';
import { shapeOf } from './worker-shape.ts';

/** `until` is the world's time in ms, where the run stops. */
export interface RunOptions {
  trace?: boolean;
  only?: readonly InvariantId[];
  until?: number;
}

/** What runs scenarios and makes them; another one in tests, and where the simulator itself is broken on purpose. */
export interface Simulator {
  runScenario(scenario: Scenario, options?: RunOptions): RunResult;
  generate(
    seed: number,
    options: { size: SizeOption; flows?: readonly string[]; faults?: readonly FaultName[] },
  ): Scenario;
}

/** Does one job: one run, for some seeds a second one to compare the hashes, and for some the runs that must agree with it. */
export function play(simulator: Simulator, job: Job): Outcome {
  const scenario = scenarioOf(simulator, job);
  const result = runSafely(simulator, scenario);
  const small = isSmall(scenario);
  const twice = job.kept !== undefined || isRunTwice(job.seed);
  const cross: Outcome['cross'] = {};
  if (result.verdict === 'pass' && small)
    // What is kept is little: it is compared in every way.
    for (const { name, compare } of COMPARISONS)
      if (job.kept !== undefined || isCompared(job.seed, name)) {
        const found = compare(scenario, result, (other) => runSafely(simulator, other));
        if (found.checked > 0) cross[name] = found;
      }
  return {
    seed: job.seed,
    kept: job.kept,
    verdict: result.verdict,
    violation: result.violation,
    crash: result.crash,
    traceHash: result.traceHash,
    again: twice ? runSafely(simulator, scenario).traceHash : undefined,
    virtualSeconds: result.virtualSeconds,
    events: result.events,
    orders: result.orders,
    planned: scenario.faults.length,
    delivered: result.receipts.filter((receipt) => receipt.states.length > 0).length,
    hits: hitsOf(result),
    probes: result.probes,
    checked: result.checked,
    shape: shapeOf(scenario),
    cross,
  };
}

/** The scenario of a job: the kept one, or the seed's. */
export function scenarioOf(simulator: Pick<Simulator, 'generate'>, job: Job): Scenario {
  if (job.scenario) return job.scenario;
  const { size, flows, faults } = job;
  return simulator.generate(job.seed, { size, flows, faults });
}

/** The size that a plan gives a seed. */
export const sizeFor = (size: SizeOption | undefined, seed: number): SizeOption => size ?? sizeOf(seed);

/** An error that escapes is a crash of the simulator: never a pass, and never the end of the campaign. */
export function runSafely(
  simulator: Pick<Simulator, 'runScenario'>,
  scenario: Scenario,
  options?: RunOptions,
): RunResult {
  try {
    return simulator.runScenario(scenario, options);
  } catch (error) {
    return {
      verdict: 'inconclusive',
      crash: String((error as Error).stack ?? error),
      traceHash: '',
      virtualSeconds: 0,
      events: 0,
      orders: 0,
      receipts: [],
      probes: {},
      checked: {},
      ends: {},
      credit: {},
    };
  }
}

const isSmall = (scenario: Scenario) => scenario.orders.length <= 400;

function hitsOf(result: RunResult): Outcome['hits'] {
  const cells = new Map<string, [string, string, number]>();
  for (const { fault, states } of result.receipts)
    for (const state of states) {
      const cell = cells.get(`${fault} ${state}`);
      if (cell) cell[2]++;
      else cells.set(`${fault} ${state}`, [fault, state, 1]);
    }
  return [...cells.values()];
}
