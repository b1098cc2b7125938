import type { RunResult } from '../world/result.ts';
import type { Scenario } from '../world/scenario.ts';
import { importPlanted } from './import-planted.ts';

/** The bug of the canary: the plainest there is. */
export const CANARY = 'timeout-is-failure';

/**
 * The carrier charges and says nothing, and no question reaches it: whoever takes silence for a failure gives the cash back,
 * and is wrong.
 */
export const CANARY_SCENARIO: Scenario = {
  v: 1,
  note: '扣款成功而答复丢失。The carrier charges, and its reply is lost.',
  seed: 1,
  world: { start: '2026-11-23 10:00:00', hours: 1, stations: 1, creditFen: 100_000, without: ['inquiry'] },
  orders: [
    {
      name: 'a',
      at: '10:05:00',
      station: 1,
      do: 'topup',
      account: '13808001234',
      fen: 5_000,
      conduct: 'lostReply',
    },
  ],
  operations: [],
  faults: [],
};

/**
 * Runs a platform with a planted bug: a run that must fail, or nothing is being checked. `flaw`: with this flaw in the
 * simulator besides.
 */
export async function canaryRun(flaw?: string): Promise<RunResult> {
  const { runScenario } = await importPlanted(flaw === undefined ? CANARY : `${CANARY}+${flaw}`);
  return runScenario(CANARY_SCENARIO);
}
