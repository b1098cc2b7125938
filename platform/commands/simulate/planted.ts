import { EXIT_CODES } from '../../../simulators/campaign/verdict.ts';
import { plantedBugs } from '../../../simulators/planted/planted-bugs.ts';
import type { Request } from './request.ts';

const LIMIT_MS = 30 * 60_000;
const MOST_SEEDS = 2_000;

/** `yizhan simulate --planted-bugs`: each bug must be found by its own rule. Returns 130 where one survives. */
export async function plantedBugsCommand({ timeMs = LIMIT_MS, json }: Request): Promise<number> {
  const found = await plantedBugs({
    maxSeeds: MOST_SEEDS,
    limitMs: timeMs,
    progress: (line) => console.error(line),
  });
  const survived = found.filter(({ killedBy }) => killedBy === undefined);
  if (json)
    console.log(
      JSON.stringify(
        found.map(({ scenario: _, ...rest }) => rest),
        null,
        2,
      ),
    );
  else
    for (const { bug, expected, killedBy, seeds, seconds } of found)
      console.log(
        `${killedBy === undefined ? 'SURVIVED' : 'found   '} ${bug.padEnd(40)} ${expected.padEnd(4)} ${seeds} seeds, ${seconds.toFixed(1)} s`,
      );
  return survived.length > 0 ? EXIT_CODES.void : 0;
}
