import { describe, expect, it } from 'vitest';
import { COMPARISONS, runCompared } from '../../../simulators/campaign/cross-runs.ts';
import { classOf } from '../../../simulators/campaign/verdict.ts';
import type { OrderEnd, RunResult } from '../../../simulators/world/result.ts';
import type { Scenario } from '../../../simulators/world/scenario.ts';
import { broken, drop, resultOf, scenarioOf } from './stand-ins.ts';

const end = (more: Partial<OrderEnd>): OrderEnd => ({
  state: 'failed',
  fen: 1_234,
  businessDate: '2026-11-23',
  chargedFen: 0,
  cases: 0,
  ...more,
});
function compare(name: string, scenario: Scenario, run: (s: Scenario) => RunResult = resultOf) {
  const found = COMPARISONS.find((each) => each.name === name);
  if (!found) throw new Error(name);
  return found.compare(scenario, run(scenario), run);
}
/** Ends as usual, but `order` failed where `when` says so. */
const failedWhen = (order: string, when: (s: Scenario) => boolean) => (s: Scenario) => {
  const result = resultOf(s);
  return when(s) ? { ...result, ends: { ...result.ends, [order]: end({}) } } : result;
};

describe('N1: what goes wrong at one station changes nothing elsewhere', () => {
  const two = scenarioOf(4, { world: { ...scenarioOf(0).world, stations: 2 }, faults: [drop('o0')] });

  it('agrees where the others end the same, and says that it had something to compare', () => {
    expect(compare('N1', two)).toEqual({ checked: 1 });
  });

  it('another order that ends otherwise without the faults is a failure; the station’s own is not', () => {
    const calm = (s: Scenario) => s.faults.length === 0;
    expect(compare('N1', two, failedWhen('o1', calm)).violation).toMatchObject({
      invariant: 'N1',
      kind: 'safety',
    });
    expect(compare('N1', two, failedWhen('o0', calm)).violation).toBeUndefined();
  });

  it('another outlet’s credit that differs is a failure', () => {
    const run = (s: Scenario) => resultOf(s, { credit: { '51010002': s.faults.length } });
    expect(compare('N1', two, run).violation?.en).toContain('51010002');
  });

  it('says nothing where something hits all stations, or where there is but one', () => {
    const crash = { fault: 'PLT-PAUSE', at: '08:10:00', forMs: 1_000 } as const;
    expect(compare('N1', { ...two, faults: [drop('o0'), crash] })).toEqual({ checked: 0 });
    const down = { fault: 'BRK-LWT', at: '08:10:00', station: 'carrier' } as const;
    expect(compare('N1', { ...two, faults: [drop('o0'), down] })).toEqual({ checked: 0 });
    expect(
      compare('N1', scenarioOf(2, { world: { ...two.world, stations: 1 }, faults: [drop('o0')] })),
    ).toEqual({
      checked: 0,
    });
  });
});

describe('N2: three times slower lines and disks end the same', () => {
  const plain = scenarioOf(3);

  it('runs it with latencies times three and compares', () => {
    const seen: Scenario[] = [];
    const found = compare('N2', { ...plain, world: { ...plain.world, linkMs: [1, 5] } }, (s) => {
      seen.push(s);
      return resultOf(s);
    });
    expect(found).toEqual({ checked: 1 });
    expect(seen[1]?.world).toMatchObject({ linkMs: [3, 15], diskMs: [3, 24] });
  });

  it('an order that ends otherwise is a failure; another run that does not pass keeps its own class and rule', () => {
    const slow = (s: Scenario) => s.world.linkMs !== undefined;
    expect(compare('N2', plain, failedWhen('o1', slow)).violation?.invariant).toBe('N2');
    const throwing = (s: Scenario) => resultOf(s, slow(s) ? { crash: 'Error: slow' } : {});
    expect(compare('N2', plain, throwing)).toEqual({
      checked: 1,
      failed: { verdict: 'inconclusive', crash: 'Error: slow', violation: undefined },
    });
    const stuck = broken('L1', { kind: 'liveness' });
    const breaking = (s: Scenario) => resultOf(s, slow(s) ? { violation: stuck } : {});
    expect(compare('N2', plain, breaking)).toMatchObject({ failed: { violation: stuck } });
  });

  it('says nothing where a cut, the last credit or a crash is raced for', () => {
    const at = (time: string) => ({
      ...plain,
      orders: plain.orders.map((order) => ({ ...order, at: time })),
    });
    expect(compare('N2', at('20:59:59.999'))).toEqual({ checked: 0 });
    expect(compare('N2', at('20:30:00'))).toEqual({ checked: 1 });
    const poor = (s: Scenario) =>
      resultOf(s, { ends: { o0: end({ state: 'rejected', problem: 'platform.creditInsufficient' }) } });
    expect(compare('N2', plain, poor)).toEqual({ checked: 0 });
    const slow = (s: Scenario) => s.world.linkMs !== undefined;
    for (const when of [true, false])
      expect(compare('N2', plain, (s) => (slow(s) === when ? poor(s) : resultOf(s)))).toEqual({ checked: 0 });
    const crash = { fault: 'PLT-CRASH', order: 'o0', point: 'afterAppend', forMs: 1_000 } as const;
    expect(compare('N2', { ...plain, faults: [crash] })).toEqual({ checked: 0 });
  });
});

describe('S10: the carrier’s messages in another order end the same', () => {
  it('delays some of an untouched order’s messages beyond the later ones', () => {
    const seen: Scenario[] = [];
    const found = compare('S10', scenarioOf(2, { faults: [drop('o0')] }), (s) => {
      seen.push(s);
      return resultOf(s);
    });
    expect(found).toEqual({ checked: 1 });
    const added = seen[1]?.faults.slice(1) ?? [];
    expect(added.length).toBeGreaterThan(0);
    for (const fault of added) expect(fault).toMatchObject({ fault: 'NET-DELAY', order: 'o1' });
  });

  it('another end is a failure', () => {
    const late = (s: Scenario) => s.faults.length > 0;
    expect(compare('S10', scenarioOf(1), failedWhen('o0', late)).violation?.invariant).toBe('S10');
  });

  it('counts only where a message was really delayed', () => {
    const run = (s: Scenario) =>
      resultOf(s, { receipts: s.faults.map(({ fault }, index) => ({ index, fault, at: 0, states: [] })) });
    expect(compare('S10', scenarioOf(1), run)).toEqual({ checked: 0 });
  });
});

describe('a comparison as a run', () => {
  it('fails where the comparison does, so that it can be shrunk', () => {
    const slow = (s: Scenario) => s.world.linkMs !== undefined;
    const run = runCompared('N2', failedWhen('o1', slow));
    expect(run(scenarioOf(2)).violation?.invariant).toBe('N2');
    expect(run(scenarioOf(0)).verdict).toBe('pass');
    const throwing = runCompared('N2', (s) => resultOf(s, slow(s) ? { crash: 'Error: slow' } : {}));
    expect(classOf(throwing(scenarioOf(2)))).toBe('crash');
    expect(() => runCompared('N9', resultOf)).toThrow('there are N1, N2, S10');
  });
});
