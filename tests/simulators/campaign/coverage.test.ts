import { describe, expect, it } from 'vitest';
import { createCoverage, impossibleHit } from '../../../simulators/campaign/coverage.ts';
import { outcomeOf } from './stand-ins.ts';

const MATRIX = [
  { fault: 'NET-DROP', state: 'sent' },
  { fault: 'NET-DROP', state: 'manual' },
  { fault: 'NET-DROP', state: 'idle', infeasible: 'it names an order, which is there' },
  { fault: 'PLT-CRASH', state: 'idle' },
];

describe('coverage of a campaign', () => {
  it('counts hits per cell from receipts, with the first seed', () => {
    const coverage = createCoverage(MATRIX);
    coverage.add(outcomeOf({ seed: 3, hits: [['NET-DROP', 'sent', 2]] }));
    coverage.add(outcomeOf({ seed: 5, hits: [['NET-DROP', 'sent', 1]] }));
    const { cells, feasible, covered, missing, infeasible, infeasibleShare } = coverage.result();
    expect(cells[0]).toMatchObject({ fault: 'NET-DROP', state: 'sent', hits: 3, firstSeed: 3 });
    expect({ feasible, covered, infeasible, infeasibleShare }).toEqual({
      feasible: 3,
      covered: 1,
      infeasible: 1,
      infeasibleShare: 0.25,
    });
    expect(missing).toEqual(['NET-DROP × manual', 'PLT-CRASH × idle']);
  });

  it('an impossible or undeclared cell that is hit is told, with the reason', () => {
    expect(impossibleHit(MATRIX, [['NET-DROP', 'idle', 1]])).toEqual({
      cell: 'NET-DROP × idle',
      reason: 'it names an order, which is there',
    });
    expect(impossibleHit(MATRIX, [['NET-DROP', 'asleep', 1]])?.cell).toBe('NET-DROP × asleep');
    expect(impossibleHit(MATRIX, [['NET-DROP', 'sent', 1]])).toBeUndefined();
  });

  it('sums probes, invariants, comparisons and flows', () => {
    const coverage = createCoverage(MATRIX);
    for (const seed of [1, 2])
      coverage.add(
        outcomeOf({ seed, probes: { late: 1 }, checked: { S1: 4 }, cross: { N1: { checked: 1 } } }),
      );
    expect(coverage.result()).toMatchObject({
      probes: { late: 2 },
      checked: { S1: 8 },
      compared: { N1: 2 },
      flows: { topup: 2 },
    });
  });

  it('a property that never varies over a hundred seeds is alarming, kept scenarios aside', () => {
    const alarms = (amount: (seed: number) => number, seeds: number) => {
      const coverage = createCoverage(MATRIX);
      const { shape } = outcomeOf();
      for (let seed = 1; seed <= seeds; seed++)
        coverage.add(outcomeOf({ seed, shape: { ...shape, amounts: { [amount(seed)]: 1 } } }));
      coverage.add(outcomeOf({ kept: 'golden/a', shape: { ...shape, amounts: { 777: 1 } } }));
      return coverage.result().histograms.find(({ name }) => name === 'amounts')?.constant;
    };
    expect(alarms(() => 5_000, 100)).toBe(true);
    expect(alarms((seed) => (seed === 7 ? 100 : 5_000), 100)).toBe(false);
    expect(alarms(() => 5_000, 99)).toBe(false);
  });
});
