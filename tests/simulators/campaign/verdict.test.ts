import { describe, expect, it } from 'vitest';
import { flyCanary } from '../../../simulators/campaign/canary.ts';
import { createCoverage } from '../../../simulators/campaign/coverage.ts';
import { classOf, EXIT_CODES, failureOf, meaningOf, worstOf } from '../../../simulators/campaign/verdict.ts';
import { type Expected, type Measured, voidsOf } from '../../../simulators/campaign/verdict-void.ts';
import { broken, outcomeOf, resultOf, scenarioOf } from './stand-ins.ts';

const scenario = scenarioOf(1);

describe('the verdict of a run', () => {
  it('says which kind of failure it was', () => {
    expect(classOf(resultOf(scenario))).toBe('pass');
    expect(classOf(resultOf(scenario, { violation: broken('S7') }))).toBe('safety');
    expect(classOf(resultOf(scenario, { violation: broken('L1', { kind: 'liveness' }) }))).toBe('liveness');
    expect(classOf(resultOf(scenario, { crash: 'Error: no' }))).toBe('crash');
  });

  it('what nothing can be said of is never a pass', () => {
    expect(classOf(resultOf(scenario, { verdict: 'inconclusive' }))).toBe('crash');
    expect(classOf(resultOf(scenario, { verdict: 'fail' }))).toBe('crash');
    expect(classOf(resultOf(scenario, { verdict: 'pass', crash: 'Error: no' }))).toBe('crash');
  });

  it('the worst wins: crash, safety, liveness, not deterministic, void', () => {
    const rising = ['pass', 'void', 'nondeterministic', 'liveness', 'safety', 'crash'] as const;
    for (let i = 1; i < rising.length; i++) expect(worstOf(rising.slice(0, i + 1))).toBe(rising[i]);
    expect(worstOf([])).toBe('pass');
    expect(rising.map((each) => EXIT_CODES[each])).toEqual([0, 130, 131, 128, 129, 127]);
  });

  it('the same error with other numbers and ids is the same failure', () => {
    const failure = (crash: string) => failureOf(resultOf(scenario, { crash }));
    expect(failure('Error: order 01JDAB3C4D5E6F7G8H9J0KMNPQ at 17\n  at a.ts:1')).toBe(
      failure('Error: order 01JDAB3C4D5E6F7G8H9J0KMNPX at 4\n  at b.ts:9'),
    );
    expect(failure('Error: one')).not.toBe(failure('Error: two'));
    expect(failureOf(resultOf(scenario))).toBeUndefined();
  });
});

describe('what a failure means', () => {
  const meaning = (en: string) => meaningOf(resultOf(scenario, { violation: broken('S7', { en }) }));

  it('is the same with other numbers, ids and names, and another in other words', () => {
    expect(meaning('account credit:51010001 holds 12.50 yuan for 138…34')).toBe(
      meaning('account credit:51010012 holds -1,003.00 yuan for 139…11'),
    );
    expect(meaning('order a ended as succeeded 1.00 on 2026-11-23')).toBe(
      meaning('order t17 ended as succeeded 9.75 on 2026-11-24'),
    );
    expect(meaning('order a ended as succeeded')).not.toBe(meaning('order a ended as failed'));
    expect(meaningOf(resultOf(scenario))).toBeUndefined();
  });
});

describe('void: a campaign that measured nothing', () => {
  const matrix = [
    { fault: 'NET-DROP', state: 'sent' },
    { fault: 'NET-DROP', state: 'manual' },
    { fault: 'NET-DROP', state: 'idle', infeasible: 'it names an order' },
  ];
  function measured(more: Partial<Measured> = {}, outcome = outcomeOf({ checked: { S1: 3 } })): Measured {
    const coverage = createCoverage(matrix);
    coverage.add(outcome);
    return {
      kept: 0,
      seeds: 1,
      interrupted: false,
      planned: 5,
      delivered: 4,
      coverage: coverage.result(),
      canaryFailed: true,
      narrowed: false,
      ...more,
    };
  }
  const expected: Expected = {
    invariants: [
      { id: 'S1', when: () => true },
      { id: 'S17', when: ({ flows }) => (flows.void ?? 0) > 0 },
    ],
    probes: ['late success'],
    comparisons: ['N1'],
    requireCoverage: false,
  };

  it('nothing is missing where all was measured', () => {
    expect(voidsOf(measured(), expected)).toEqual([]);
  });

  it('nothing was run at all, or somebody ended it before its end', () => {
    expect(voidsOf(measured({ seeds: 0 }), expected)).toEqual([expect.stringContaining('nothing was run')]);
    expect(voidsOf(measured({ seeds: 0, kept: 1 }), expected)).toEqual([]);
    expect(voidsOf(measured({ interrupted: true }), expected)).toEqual([
      expect.stringContaining('interrupted after 1 seeds'),
    ]);
  });

  it('the canary passed', () => {
    expect(voidsOf(measured({ canaryFailed: false }), expected)).toEqual([expect.stringContaining('canary')]);
  });

  it('no fault was delivered', () => {
    expect(voidsOf(measured({ delivered: 0 }), expected)).toEqual([
      expect.stringContaining('no fault was delivered'),
    ]);
  });

  it('an invariant never had anything to check, though its flow was there', () => {
    const without = outcomeOf({ checked: {} });
    expect(voidsOf(measured({}, without), expected)).toEqual([expect.stringContaining('S1 never had')]);
    const withVoid = outcomeOf({ checked: { S1: 1 }, shape: { ...without.shape, flows: { void: 1 } } });
    expect(voidsOf(measured({}, withVoid), expected)).toEqual([expect.stringContaining('S17 never had')]);
  });

  it('a probe or a comparison never came by in a thousand seeds, but not if flows or faults were left out', () => {
    const voids = voidsOf(measured({ seeds: 1_000 }), expected).join();
    expect(voids).toContain('«late success» never fired');
    expect(voids).toContain('N1 was never compared');
    expect(voidsOf(measured({ seeds: 1_000, narrowed: true }), expected)).toEqual([]);
  });

  it('a cell was never hit, where coverage is required', () => {
    const hit = outcomeOf({ checked: { S1: 1 }, hits: [['NET-DROP', 'sent', 2]] });
    expect(voidsOf(measured({}, hit), { ...expected, requireCoverage: true })).toEqual([
      '1 of 2 cells were never hit: NET-DROP × manual',
    ]);
    const both = outcomeOf({
      checked: { S1: 1 },
      hits: [
        ['NET-DROP', 'sent', 2],
        ['NET-DROP', 'manual', 1],
      ],
    });
    expect(voidsOf(measured({}, both), { ...expected, requireCoverage: true })).toEqual([]);
  });

  it('a canary that crashes has noticed nothing', async () => {
    const crashed = await flyCanary(() => Promise.resolve(resultOf(scenario, { crash: 'Error: no' })));
    expect(crashed).toMatchObject({ failed: false, problem: 'Error: no' });
    const absent = await flyCanary(() => Promise.reject(new Error('not built')));
    expect(absent).toMatchObject({ failed: false, problem: 'not built' });
    const noticed = await flyCanary(() => Promise.resolve(resultOf(scenario, { violation: broken('S7') })));
    expect(noticed).toMatchObject({ failed: true, invariant: 'S7' });
  });
});
