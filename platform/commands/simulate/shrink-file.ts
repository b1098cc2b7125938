import { writeFileSync } from 'node:fs';
import { createFailures } from '../../../simulators/campaign/campaign-failures.ts';
import { EXIT_CODES } from '../../../simulators/campaign/verdict.ts';
import { play } from '../../../simulators/campaign/worker-play.ts';
import { matrixCells } from '../../../simulators/world/fault-catalogue.ts';
import { writeScenario } from '../../../simulators/world/read-scenario.ts';
import { shrunkOf, sizesOf } from './failures.ts';
import { scenarioNamed } from './files.ts';
import type { Request } from './request.ts';
import { simulator } from './simulator.ts';

const LIMIT_MS = 60_000;

/** `yizhan simulate --shrink FILE`: writes the smallest that fails in the same way beside it. Returns the failure's code. */
export function shrinkFile({ file = '', timeMs = LIMIT_MS, json }: Request): number {
  const scenario = scenarioNamed(file);
  const failures = createFailures(matrixCells());
  failures.add(play(simulator, { seed: scenario.seed, kept: file, scenario, size: 'tiny' }));
  const [failure] = failures.list();
  const say = (line: string) => console.error(line);
  if (!failure) {
    say(`${file} passes: there is nothing to shrink`);
    return 0;
  }
  say(`${failure.invariant}: ${failure.zh}\n${failure.en}\nshrinking for at most ${timeMs / 1000} s …`);
  const shrunk = shrunkOf(scenario, failure, timeMs, ({ orders, faults, operations }, runs) => {
    if (process.stderr.isTTY)
      process.stderr.write(
        `\r\x1b[K${orders.length} orders, ${faults.length} faults, ${operations.length} operations after ${runs} runs`,
      );
  });
  if (!shrunk) {
    say('it did not fail a second time: the same scenario ran in two ways');
    return EXIT_CODES.nondeterministic;
  }
  const out = file.replace(/(\.json)?$/, '.shrunk.json');
  writeFileSync(out, writeScenario(shrunk.scenario));
  const sizes = sizesOf(shrunk);
  if (process.stderr.isTTY) say('');
  if (json) console.log(JSON.stringify({ invariant: failure.invariant, file: out, ...sizes }, null, 2));
  else
    console.log(
      `${out}: ${sizes.orders} orders, ${sizes.faults} faults, ${sizes.operations} operations, ${sizes.runs} runs in ${(sizes.ms / 1000).toFixed(1)} s${sizes.minimal ? '' : ' (the time was over)'}\n  npx yizhan replay ${out}`,
    );
  return EXIT_CODES[failure.kind];
}
