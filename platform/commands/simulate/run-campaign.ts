import { type CampaignResult, campaign } from '../../../simulators/campaign/campaign.ts';
import type { Plan } from '../../../simulators/campaign/campaign-plan.ts';
import { EXPECTED } from '../../../simulators/campaign/coverage-expected.ts';
import { threadHand } from '../../../simulators/campaign/pool-thread.ts';
import { keptScenarios } from '../../../simulators/campaign/regressions.ts';
import { summaryOf } from '../../../simulators/campaign/summary.ts';
import { EXIT_CODES } from '../../../simulators/campaign/verdict.ts';
import { type Job, lostOutcome, type Outcome } from '../../../simulators/campaign/worker-job.ts';
import { canaryRun } from '../../../simulators/planted/canary.ts';
import { matrixCells } from '../../../simulators/world/fault-catalogue.ts';
import { handOver, type Told, writeJunit } from './failures.ts';
import { readyFolder, wasWritten } from './files.ts';
import { progressBar } from './progress.ts';
import type { Request } from './request.ts';

const WORKER = new URL('../../../simulators/campaign/worker.js', import.meta.url);
/** No run takes so long; one that does hangs. */
const HANGS_MS = 300_000;

/** `yizhan simulate` over many seeds, or of one world: runs, shrinks what fails, tells. Returns the exit code. */
export async function runCampaign(request: Request): Promise<number> {
  const one = request.what === 'world';
  const plan: Plan = {
    from: request.from,
    to: request.to,
    kept: one ? [] : keptScenarios(),
    size: request.size,
    flows: request.flows,
    faults: request.faults,
  };
  if (request.report !== undefined) readyFolder(request.report);
  const threads = one ? 1 : request.workers;
  // What is a result goes to standard output, which with --json is one object and nothing else.
  const say = (line: string) => (request.json ? console.error(line) : console.log(line));
  say(heading(request, plan, threads));

  const stop = stopOnce();
  const begun = performance.now();
  const passed = () => performance.now() - begun;
  const { timeMs } = request;
  const bar = progressBar(
    ({ seeds }) =>
      Math.max(
        timeMs === undefined ? 0 : passed() / timeMs,
        plan.to === undefined ? 0 : seeds / (plan.to - plan.from + 1),
      ),
    () => performance.now(),
  );
  let traceHash: string | undefined;
  const result = await campaign(plan, {
    hands: handsOf(threads, (outcome) => {
      traceHash = outcome.traceHash;
    }),
    matrix: matrixCells(),
    expected: one ? NOTHING : { ...EXPECTED, requireCoverage: request.requireCoverage },
    canary: one ? undefined : canaryRun,
    stopped: () => stop.asked || (timeMs !== undefined && passed() >= timeMs),
    interrupted: () => stop.asked,
    told: bar.show,
  });
  bar.clear();
  const wallSeconds = passed() / 1000;
  const told: Told = { config: configOf(request, plan), wallSeconds };
  // What came of it is said first: a report that can't be made takes nothing of it away.
  if (!request.json) console.log(`\n${summaryOf(result, wallSeconds)}`);
  const failures = handOver(result, plan, request, told, say, bar);
  const { report } = request;
  if (report !== undefined && !one) wasWritten(() => writeJunit(report, result, plan, failures, told));
  if (request.json)
    console.log(
      JSON.stringify(figures(result, plan, one ? traceHash : undefined, wallSeconds, failures), null, 2),
    );
  for (const { line, replay } of failures) say(`\n${line}\n  ${replay}`);
  return EXIT_CODES[result.verdict];
}

/** One world alone is looked at, not measured: nothing is expected of it. */
const NOTHING = { invariants: [], probes: [], comparisons: [], requireCoverage: false };

/** Threads of their own, also a single one: a run that hangs can be given up, and its memory has a limit. */
const handsOf = (threads: number, seen: (outcome: Outcome) => void) =>
  Array.from({ length: threads }, () => {
    const hand = threadHand<Job, Outcome>(WORKER, HANGS_MS, lostOutcome);
    return {
      ...hand,
      async do(job: Job) {
        const outcome = await hand.do(job);
        seen(outcome);
        return outcome;
      },
    };
  });

const configOf = ({ flows, faults, size }: Request, plan: Plan) =>
  [
    `seeds ${plan.from}..${plan.to ?? ''}`,
    `size ${size === undefined ? 'mixed' : JSON.stringify(size)}`,
    `flows ${flows?.join(',') ?? 'all'}`,
    `faults ${faults === undefined ? 'all' : faults.join(',') || 'none'}`,
  ].join(' · ');

/** Before the first run, so that a run which never ends can be begun again. */
function heading(request: Request, plan: Plan, threads: number): string {
  const more = [
    ...(request.timeMs === undefined ? [] : [`time ${request.timeMs / 1000} s`]),
    `workers ${threads}`,
    ...(request.what === 'world' && request.workersAsked
      ? ['(one world runs in one thread: --workers ignored)']
      : []),
    ...(plan.kept.length > 0 ? [`${plan.kept.length} kept scenarios first`] : []),
    `node ${process.version}`,
  ];
  return `驿站 yizhan simulate · ${configOf(request, plan)} · ${more.join(' · ')}`;
}

/** The first Ctrl-C ends the campaign after the seeds that were begun; the second ends the program. */
function stopOnce(): { asked: boolean } {
  const stop = { asked: false };
  process.once('SIGINT', () => {
    stop.asked = true;
  });
  return stop;
}

function figures(
  result: CampaignResult,
  plan: Plan,
  oneHash: string | undefined,
  wallSeconds: number,
  failures: ReturnType<typeof handOver>,
) {
  const { kept, seeds, lastSeed, failures: found, traceHash, ...rest } = result;
  return {
    ...rest,
    exitCode: EXIT_CODES[result.verdict],
    wallSeconds,
    traceHash: oneHash ?? traceHash,
    kept,
    seeds: { from: plan.from, to: lastSeed, ran: seeds },
    failures: found.map((failure, i) => ({ ...failure, ...failures[i] })),
  };
}
