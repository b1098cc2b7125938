import { createFailures, type Failure } from '../../simulators/campaign/campaign-failures.ts';
import { classOf, EXIT_CODES, worstOf } from '../../simulators/campaign/verdict.ts';
import { play, runSafely } from '../../simulators/campaign/worker-play.ts';
import { writeReport } from '../../simulators/report/report.ts';
import { verdictLine } from '../../simulators/report/verdict-line.ts';
import { matrixCells } from '../../simulators/world/fault-catalogue.ts';
import type { RunResult } from '../../simulators/world/result.ts';
import type { Scenario } from '../../simulators/world/scenario.ts';
import { instantOf, parseInstant } from '../../simulators/world/scenario-time.ts';
import { readOptions, UsageError } from './options.ts';
import { endLines, eventLine } from './replay/lines.ts';
import { replayOnBoth } from './replay/on-both.ts';
import { readyFolder, scenarioNamed, wasWritten } from './simulate/files.ts';
import { simulator } from './simulate/simulator.ts';

const OPTIONS = {
  until: { type: 'string', what: 'stop there: 14:03, 14:03:22, or +1d 08:00 of the next day' },
  json: { type: 'boolean', what: 'the result with its trace as one JSON object' },
  report: { type: 'string', what: 'a folder to write the report into' },
  real: { type: 'boolean', what: 'on the real stack as well, and compare' },
} as const;

/** `yizhan replay FILE`: plays one scenario, tells what happened, and whether it is as it must be. Returns the exit code. */
export function replay(args: string[]): Promise<number> | number {
  const [first] = args;
  const file = first === undefined || first.startsWith('-') ? undefined : first;
  const read = readOptions('replay FILE', file === undefined ? args : args.slice(1), OPTIONS);
  if (!read.values) {
    console.log(read.help);
    return 0;
  }
  if (file === undefined) throw new UsageError('replay needs the file of a scenario: yizhan replay FILE');
  const { until, json, report, real } = read.values;
  if (real && until !== undefined)
    throw new UsageError(
      '--until and --real exclude each other: the real stack always plays the scenario to its end',
    );
  const scenario = scenarioNamed(file);
  if (report !== undefined) readyFolder(report);
  if (real) return replayOnBoth(scenario, json === true);
  return until === undefined
    ? whole(file, scenario, json === true, report)
    : part(scenario, until, json === true);
}

/** All of it, twice, and with whatever other runs it must agree with. */
function whole(file: string, scenario: Scenario, json: boolean, report: string | undefined): number {
  const result = runSafely(simulator, scenario, { trace: true });
  const found = createFailures(matrixCells());
  found.add(play(simulator, { seed: scenario.seed, kept: file, scenario, size: 'tiny' }));
  const failures = found.list();
  const verdict = worstOf(failures.map(({ kind }) => kind));
  const told = seen(result, failures);
  if (json) console.log(JSON.stringify({ ...told, failures, exitCode: EXIT_CODES[verdict] }));
  else {
    tell(scenario, result);
    for (const { invariant, zh, en } of failures) console.log(`\n${invariant}\n  ${zh}\n  ${en}`);
    console.log(`\n${verdictLine({ scenario, result: told })}`);
    if (verdict === 'pass') console.log('两次运行一致 the same twice');
  }
  if (
    report !== undefined &&
    wasWritten(() => writeReport(report, { scenario, full: scenario, result: told }))
  )
    if (!json) console.log(`${report}/report.html`);
  return EXIT_CODES[verdict];
}

/** What a single run does not show stands in its result, too: it is what the person sees. */
function seen(result: RunResult, [first]: Failure[]): RunResult {
  if (!first || result.verdict !== 'pass') return result;
  const { invariant, kind, zh, en, order, at = 0 } = first;
  if (kind === 'crash') return { ...result, verdict: 'inconclusive', crash: en };
  return {
    ...result,
    verdict: 'fail',
    violation: { invariant, kind: kind === 'liveness' ? kind : 'safety', at, order, zh, en },
  };
}

function part(scenario: Scenario, text: string, json: boolean): number {
  if (parseInstant(text) === undefined)
    throw new UsageError(
      `--until ${text}: must be a Shanghai time of day, such as 14:03, 14:03:22 or +1d 08:00`,
    );
  const until = instantOf(scenario, text);
  const result = runSafely(simulator, scenario, { trace: true, until });
  const verdict = classOf(result);
  if (json) console.log(JSON.stringify(result));
  else {
    tell(scenario, result);
    if (verdict !== 'pass') console.log(`\n${verdictLine({ scenario, result })}`);
    else console.log(`\n${text}: 停在此刻 stopped here`);
  }
  return EXIT_CODES[verdict];
}

function tell(scenario: Scenario, result: RunResult): void {
  for (const event of result.trace ?? []) console.log(eventLine(scenario, event));
  console.log(`\n${endLines(result).join('\n')}`);
}
