import { describe, expect, it } from 'vitest';
import { type CampaignOptions, campaign } from '../../../simulators/campaign/campaign.ts';
import { runShowing } from '../../../simulators/campaign/campaign-failures.ts';
import { isRunTwice, type Plan, sizeOf } from '../../../simulators/campaign/campaign-plan.ts';
import { type Hand, handHere } from '../../../simulators/campaign/pool.ts';
import { summaryOf } from '../../../simulators/campaign/summary.ts';
import { type Job, lostOutcome, type Outcome } from '../../../simulators/campaign/worker-job.ts';
import { play, type Simulator } from '../../../simulators/campaign/worker-play.ts';
import { FAULTS_ABSENT } from '../../../simulators/world/faults-absent.ts';
import type { RunResult } from '../../../simulators/world/result.ts';
import type { Scenario } from '../../../simulators/world/scenario.ts';
import { broken, resultOf, scenarioOf, simulatorOf } from './stand-ins.ts';

const ABSENT = FAULTS_ABSENT.filter(({ as }) => as === undefined);
const MATRIX = [
  { fault: 'NET-DROP', state: 'sent' },
  { fault: 'NET-DROP', state: 'idle', infeasible: 'it names an order' },
];
const EXPECTED = { invariants: [], probes: [], comparisons: [], requireCoverage: false };
const plan: Plan = { from: 1, to: 60, kept: [], size: 'tiny' };
const noticed = () => Promise.resolve(resultOf(scenarioOf(1), { violation: broken('S7') }));

const run = (simulator: Simulator, more: Partial<CampaignOptions> = {}, of: Plan = plan) =>
  campaign(of, {
    hands: [handHere((job: Job) => play(simulator, job))],
    matrix: MATRIX,
    expected: EXPECTED,
    canary: noticed,
    ...more,
  });

/** Hands that take their turns in a confused way. */
function unevenHands(simulator: Simulator, count: number): Hand<Job, Outcome>[] {
  return Array.from({ length: count }, (_, hand) => ({
    async do(job) {
      for (let turns = (job.seed * 7 + hand * 3) % 5; turns > 0; turns--)
        await new Promise((resolve) => setImmediate(resolve));
      return play(simulator, job);
    },
    end: () => Promise.resolve(),
  }));
}

describe('a campaign', () => {
  it('comes to the same whatever the number of hands and their timing', async () => {
    const simulator = simulatorOf((s) => (s.seed % 17 === 3 ? { violation: broken('S3') } : {}));
    const [one, three] = [await run(simulator), await run(simulator, { hands: unevenHands(simulator, 3) })];
    expect(three).toEqual(one);
    expect(one).toMatchObject({ verdict: 'safety', seeds: 60, lastSeed: 60, failed: 4 });
    expect(one.failures[0]).toMatchObject({ invariant: 'S3', seed: 3, runs: 4, seeds: [3, 20, 37, 54] });
  });

  it('its hash tells any run that went otherwise', async () => {
    const other = await run(simulatorOf((s) => (s.seed === 31 ? { traceHash: 'x' } : {})));
    expect(other.traceHash).not.toBe((await run(simulatorOf())).traceHash);
  });

  it('runs what is kept before any seed', async () => {
    const seen: string[] = [];
    const simulator = simulatorOf((s) => {
      seen.push(s.note ?? `seed ${s.seed}`);
      return {};
    });
    const kept = [{ name: 'regressions/a', scenario: scenarioOf(1, { note: 'kept' }) }];
    const result = await run(simulator, {}, { ...plan, kept, to: 2 });
    expect(seen.indexOf('seed 1')).toBeGreaterThan(seen.lastIndexOf('kept'));
    expect(result).toMatchObject({ kept: 1, seeds: 2 });
  });

  it('a scenario that runs in two ways is found among the seeds that are run twice', async () => {
    const runs = new Map<number, number>();
    const simulator = simulatorOf((s) => {
      const before = runs.get(s.seed) ?? 0;
      runs.set(s.seed, before + 1);
      return { traceHash: `${s.seed}/${before}` };
    });
    const result = await run(simulator);
    const twice = Array.from({ length: 60 }, (_, i) => i + 1).filter(isRunTwice);
    expect(result.twice).toBe(twice.length);
    expect(result.twice).toBeGreaterThan(0);
    expect(result.verdict).toBe('nondeterministic');
    expect(result.failures[0]).toMatchObject({
      invariant: 'nondeterministic',
      seed: twice[0],
      runs: twice.length,
    });
  });

  it('is void where the canary passes', async () => {
    const result = await run(simulatorOf(), { canary: () => Promise.resolve(resultOf(scenarioOf(1))) });
    expect(result.verdict).toBe('void');
    expect(result.voids.join()).toContain('canary');
  });

  it('an impossible cell that was hit is a failure', async () => {
    const simulator = simulatorOf(() => ({
      receipts: [{ index: 0, fault: 'NET-DROP', at: 0, states: ['idle'] }],
    }));
    const result = await run(simulator);
    expect(result.verdict).toBe('safety');
    expect(result.failures[0]).toMatchObject({ invariant: 'matrix: NET-DROP × idle', by: 'matrix' });
  });

  it('an error that escapes a run is a crash of that run, and the campaign goes on', async () => {
    const simulator = simulatorOf((s): Partial<RunResult> => {
      if (s.seed === 5) throw new Error('no such thing');
      return {};
    });
    const result = await run(simulator);
    expect(result).toMatchObject({ verdict: 'crash', seeds: 60, failed: 1 });
    expect(result.failures[0]?.invariant).toContain('crash: Error: no such thing');
  });

  it('a seed whose thread was lost is a crash, and is not to be run here', async () => {
    const simulator = simulatorOf();
    const hand: Hand<Job, Outcome> = {
      do: (job) =>
        Promise.resolve(job.seed === 9 ? lostOutcome(job, 'it did not end') : play(simulator, job)),
      end: () => Promise.resolve(),
    };
    const result = await run(simulator, { hands: [hand] });
    expect(result.failures).toEqual([expect.objectContaining({ seed: 9, kind: 'crash', lost: true })]);
  });

  it('stops where it is told to, and says how far it came', async () => {
    let seeds = 0;
    const result = await run(
      simulatorOf(),
      { stopped: () => seeds >= 7, told: (progress) => (seeds = progress.seeds) },
      { ...plan, to: undefined },
    );
    expect(result).toMatchObject({ seeds: 7, lastSeed: 7 });
  });

  it('that somebody interrupts is void and says so; one that had run all by then is not', async () => {
    let seeds = 0;
    const told = (progress: { seeds: number }) => {
      seeds = progress.seeds;
    };
    const stopAt = (most: number) => ({
      stopped: () => seeds >= most,
      interrupted: () => seeds >= most,
      told,
    });
    const result = await run(simulatorOf(), stopAt(7));
    expect(result.verdict).toBe('void');
    expect(summaryOf(result, 1)).toContain('interrupted after 7 seeds');
    seeds = 0;
    expect((await run(simulatorOf(), stopAt(60))).verdict).toBe('pass');
  });

  it('in which nothing was run is void', async () => {
    expect(await run(simulatorOf(), { stopped: () => true })).toMatchObject({ verdict: 'void', seeds: 0 });
  });

  it('a run that only a comparison makes keeps its own class and rule, and says by which comparison it shows', async () => {
    const slow = (s: Scenario) => s.world.linkMs !== undefined;
    const crashing = await run(simulatorOf((s) => (slow(s) ? { crash: 'Error: slow' } : {})));
    expect(crashing).toMatchObject({ verdict: 'crash' });
    expect(crashing.failures[0]).toMatchObject({
      invariant: 'crash: Error: slow',
      by: 'cross',
      compared: 'N2',
    });
    const stuck = broken('L1', { kind: 'liveness' });
    const breaking = (s: Scenario) => resultOf(s, slow(s) ? { violation: stuck } : {});
    const stopped = await run(simulatorOf(breaking));
    expect(stopped).toMatchObject({ verdict: 'liveness' });
    const [failure] = stopped.failures;
    expect(failure).toMatchObject({ invariant: 'L1', by: 'cross', compared: 'N2' });
    if (failure) expect(runShowing(failure, breaking, MATRIX)(scenarioOf(1)).violation).toEqual(stuck);
  });

  it('its sizes are mixed: seven of ten tiny, one of twenty large', () => {
    const sizes = Array.from({ length: 10_000 }, (_, seed) => sizeOf(seed));
    const share = (size: string) => sizes.filter((each) => each === size).length / sizes.length;
    expect(share('tiny')).toBeCloseTo(0.7, 1);
    expect(share('medium')).toBeCloseTo(0.25, 1);
    expect(share('large')).toBeCloseTo(0.05, 1);
  });

  it('its summary tells what failed and what is missing, in both languages', async () => {
    const failing = (s: Scenario) => (s.seed === 4 ? { violation: broken('S7') } : {});
    const result = await run(simulatorOf(failing), { expected: { ...EXPECTED, probes: ['late'] } });
    const text = summaryOf(result, 2);
    for (const part of [
      '未通过 FAIL (exit 129)',
      'S7 in 1 runs (4)',
      '坏了',
      'broken',
      '1 of 1 cells hit',
      '1 more (50 %) can not be',
      `${ABSENT.length} faults of the vocabulary do not exist yet`,
      'REC-MISSING',
      '60 seeds',
    ])
      expect(text).toContain(part);
  });
});
