import { mkdirSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createFaultPlan } from '../../simulators/world/fault-plan.ts';
import { createNames, outletOf } from '../../simulators/world/names.ts';
import type { OrderEnd } from '../../simulators/world/result.ts';
import type { Scenario } from '../../simulators/world/scenario.ts';
import { startOf } from '../../simulators/world/scenario-time.ts';
import { readEnds } from './replay-real/ends.ts';
import { play } from './replay-real/play.ts';
import { openStack } from './replay-real/stack.ts';
import { openTime } from './replay-real/time.ts';
import { notPlayed } from './replay-real/undelivered.ts';
import { withoutCards } from './replay-real/without-cards.ts';

export interface RealOptions {
  /** The platform in a process of its own, killed by `kill -9`; otherwise only where the scenario can't do without. */
  processes?: boolean;
  /** Longer than this nothing takes, in real ms. */
  limitMs?: number;
}

export interface RealResult {
  /** How every order of the scenario ended, by its name. */
  ends: { [name: string]: OrderEnd };
  /** Available credit per outlet, in fen. */
  credit: { [outlet: string]: number };
  /** Orders that can not be played here, and faults that hit nothing, each with the reason. */
  undelivered: string[];
  /** What the platform, the carrier and the drivers kept, and the sheets of paper. */
  folder: string;
}

/**
 * Plays a scenario on the real stack: SQLite, the embedded broker, MQTT clients, HTTP with the real sign-in, the real driver on
 * the emulated printer. Time stands still while anybody is at work, and else goes to what is due next.
 * @throws Error where the stack fails otherwise than the scenario says, or does not come to an end
 */
export async function replayReal(given: Scenario, options: RealOptions = {}): Promise<RealResult> {
  const { played: scenario, left } = withoutCards(given);
  const { limitMs = 60_000 } = options;
  const processes = options.processes ?? scenario.faults.some(({ fault }) => fault === 'PLT-PAUSE');
  const folder = mkdtempSync(join(tmpdir(), 'yizhan-replay-'));
  mkdirSync(join(folder, 'platform'));
  const time = openTime(startOf(scenario));
  const plan = createFaultPlan(scenario.faults, time.now);
  const names = createNames(scenario);
  const stack = await openStack({ scenario, folder, time, plan, names, processes });
  try {
    await play(scenario, stack, time, plan, limitMs);
  } catch (error) {
    throw new Error(`${(error as Error).message}. What it kept is in ${folder}`, { cause: error });
  } finally {
    await stack.close();
  }
  const ids = new Map(scenario.orders.map(({ name }) => [name, names.idOf(name) ?? '']));
  const outlets = Array.from({ length: scenario.world.stations }, (_, i) => outletOf(i + 1));
  const read = await readEnds(join(folder, 'platform'), ids, outlets, stack.books(), stack.changedMind);
  return { ...read, undelivered: [...left, ...notPlayed(scenario.faults, plan)], folder };
}
