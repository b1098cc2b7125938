import { generate } from '../../../simulators/campaign/generate.ts';
import type { Simulator } from '../../../simulators/campaign/worker-play.ts';
import { runScenario } from '../../../simulators/world/run.ts';

/** The simulated world as it is: nothing planted. */
export const simulator: Simulator = { generate, runScenario };
