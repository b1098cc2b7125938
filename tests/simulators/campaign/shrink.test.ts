import { describe, expect, it } from 'vitest';
import { shrink } from '../../../simulators/campaign/shrink.ts';
import { fewest } from '../../../simulators/campaign/shrink-ddmin.ts';
import { keepOrders } from '../../../simulators/campaign/shrink-orders.ts';
import type { Fault } from '../../../simulators/world/faults.ts';
import { orderId } from '../../../simulators/world/names.ts';
import { problemsOf } from '../../../simulators/world/read-scenario.ts';
import type { RunResult } from '../../../simulators/world/result.ts';
import type { Scenario } from '../../../simulators/world/scenario.ts';
import { instantOf, startOf, windowEnd } from '../../../simulators/world/scenario-time.ts';
import { broken, drop, resultOf, scenarioOf, topUp } from './stand-ins.ts';

const forEver = { limitMs: Number.POSITIVE_INFINITY, now: () => 0 };
const has = (scenario: Scenario, ...names: string[]) =>
  names.every((name) => scenario.orders.some((order) => order.name === name));
const faultsOf = (scenario: Scenario, kind: Fault['fault']) =>
  scenario.faults.filter(({ fault }) => fault === kind);
const failing =
  (when: (scenario: Scenario) => boolean, invariant = 'S7') =>
  (scenario: Scenario): RunResult =>
    resultOf(scenario, when(scenario) ? { violation: broken(invariant) } : {});

describe('fewest', () => {
  it('finds the items that are needed, wherever they are, in their order', () => {
    const items = Array.from({ length: 100 }, (_, i) => i);
    const needs = [[], [0], [99], [3, 50, 51, 98]];
    for (const need of needs)
      expect(fewest(items, (kept) => need.every((item) => kept.includes(item)))).toEqual(need);
  });

  it('tries again what could not go before others had gone', () => {
    // 9 needs 0; both can go, 9 first.
    const fails = (kept: readonly number[]) =>
      kept.includes(5) && kept.includes(6) && (!kept.includes(9) || kept.includes(0));
    expect(fewest([0, 5, 9, 6], fails)).toEqual([5, 6]);
  });

  it('asks few questions about few needed items', () => {
    let asked = 0;
    fewest(
      Array.from({ length: 1_000 }, (_, i) => i),
      (kept) => {
        asked++;
        return kept.includes(700);
      },
    );
    expect(asked).toBeLessThan(40);
  });
});

describe('shrinking', () => {
  it('reaches the orders and faults that are needed, and nothing else', () => {
    const full = scenarioOf(120, {
      faults: Array.from({ length: 120 }, (_, i) => drop(`o${i}`)),
      operations: [
        { at: '08:30:00', do: 'reprint', of: 'o17' },
        { at: '09:30:00', do: 'cutDay' },
      ],
    });
    const { scenario, minimal, result } = shrink(
      full,
      failing((s) => has(s, 'o17', 'o80') && s.faults.some((f) => 'order' in f && f.order === 'o80')),
      forEver,
    );
    expect(scenario.orders.map(({ name }) => name)).toEqual(['o17', 'o80']);
    expect(scenario.faults).toEqual([drop('o80')]);
    expect(scenario.operations).toEqual([]);
    expect(minimal).toBe(true);
    expect(result.violation?.invariant).toBe('S7');
  });

  it('never slides to another rule, not even where that needs less', () => {
    const run = (scenario: Scenario) =>
      scenario.orders.length < 5
        ? resultOf(scenario, { violation: broken('S3') })
        : resultOf(scenario, { violation: broken('S7') });
    const { scenario, result } = shrink(scenarioOf(40), run, forEver);
    expect(scenario.orders).toHaveLength(5);
    expect(result.violation?.invariant).toBe('S7');
  });

  it('never slides to another meaning of the same rule; other numbers and names mean the same', () => {
    const run = (scenario: Scenario) => {
      const count = scenario.orders.length;
      const en = count < 5 ? 'the record is missing' : `order o${count} holds ${count}.00 yuan`;
      return resultOf(scenario, { violation: broken('S7', { en }) });
    };
    const { scenario, result } = shrink(scenarioOf(40), run, forEver);
    expect(scenario.orders).toHaveLength(5);
    expect(result.violation?.en).toContain('5.00 yuan');
  });

  it('never slides from one error to another, or from a broken rule to an error', () => {
    const run = (scenario: Scenario) =>
      resultOf(scenario, {
        crash: scenario.orders.length < 4 ? 'Error: other' : `Error: at ${scenario.orders.length}`,
      });
    expect(shrink(scenarioOf(30), run, forEver).scenario.orders).toHaveLength(4);
    const crashing = (scenario: Scenario) =>
      resultOf(scenario, scenario.orders.length < 6 ? { crash: 'Error: no' } : { violation: broken('S1') });
    expect(shrink(scenarioOf(30), crashing, forEver).scenario.orders).toHaveLength(6);
  });

  it('a void stays with its purchase, and what names a gone order goes with it', () => {
    const scenario = scenarioOf(2, {
      orders: [
        { name: 'buy', do: 'credit', at: '08:01:00', station: 1, fen: 50_000 },
        { name: 'back', do: 'void', at: '08:02:00', station: 1, of: 'buy' },
        topUp('pay'),
      ],
      operations: [{ at: '08:10:00', do: 'reprint', of: 'pay' }],
      faults: [drop('pay'), { fault: 'PLT-CRASH', order: 'cut', point: 'afterAppend', forMs: 1_000 }],
    });
    expect(keepOrders(scenario, new Set(['back']))).toMatchObject({ orders: [], operations: [] });
    const kept = keepOrders(scenario, new Set(['back', 'buy']));
    expect(kept.orders.map(({ name }) => name)).toEqual(['buy', 'back']);
    expect(kept.operations).toEqual([]);
    expect(kept.faults).toEqual([scenario.faults[1]]);
    const { scenario: least } = shrink(
      scenario,
      failing((s) => has(s, 'back')),
      forEver,
    );
    expect(least.orders.map(({ name }) => name)).toEqual(['buy', 'back']);
  });

  it('brings options back to their defaults, and keeps those that are needed', () => {
    const full = scenarioOf(1, {
      world: {
        start: '2026-11-23 08:00:00',
        hours: 6,
        stations: 1,
        creditFen: 100_000,
        without: ['operator', 'clientRetry'],
        embeddedBroker: true,
        linkMs: [1, 9],
        diskMs: [1, 2],
      },
      orders: [{ ...topUp('a'), conduct: 'lateSuccess', again: true } as Scenario['orders'][number]],
      faults: [
        { fault: 'PLT-CRASH', order: 'a', nth: 2, point: 'beforeAppend', forMs: 7_342, again: true },
        { fault: 'CAR-DUP-CB', order: 'a', afterMs: 123_456, otherNo: true },
      ],
    });
    const { scenario } = shrink(
      full,
      failing((s) => {
        const [crash] = faultsOf(s, 'PLT-CRASH');
        return (
          s.world.without?.includes('clientRetry') === true &&
          s.faults.length === 2 &&
          'again' in (crash ?? {})
        );
      }),
      forEver,
    );
    expect(scenario.world).toEqual({
      start: '2026-11-23 08:00:00',
      hours: 0.25,
      stations: 1,
      creditFen: 100_000,
      without: ['clientRetry'],
    });
    expect(scenario.orders[0]).not.toHaveProperty('conduct');
    expect(scenario.orders[0]).not.toHaveProperty('again');
    expect(scenario.faults).toEqual([
      { fault: 'PLT-CRASH', order: 'a', point: 'beforeAppend', forMs: 7_000, again: true },
      { fault: 'CAR-DUP-CB', order: 'a', afterMs: 100_000 },
    ]);
  });

  it('merges stations, or numbers those that must differ anew', () => {
    const orders = [topUp('a', { station: 7 }), topUp('b', { station: 4 })];
    const world = { start: '2026-11-23 08:00:00', hours: 1, stations: 12, creditFen: 100_000 };
    const skew: Fault = { fault: 'CLK-SKEW', station: 9, byMs: 5_000 };
    const merged = shrink(
      scenarioOf(0, { world, orders, faults: [skew] }),
      failing((s) => has(s, 'a', 'b')),
      forEver,
    );
    expect(merged.scenario.world.stations).toBe(1);
    expect(merged.scenario.orders.map(({ station }) => station)).toEqual([1, 1]);
    const apart = shrink(
      scenarioOf(0, { world, orders, faults: [skew] }),
      failing(
        (s) =>
          new Set([...s.orders, ...faultsOf(s, 'CLK-SKEW')].map((each) => 'station' in each && each.station))
            .size === 3,
      ),
      forEver,
    );
    expect(apart.scenario.world.stations).toBe(3);
    expect(apart.scenario.faults).toEqual([{ ...skew, station: 3 }]);
  });

  it('rounds times and amounts, and shortens the world around what is left', () => {
    const full = scenarioOf(0, {
      world: { start: '2026-11-23 06:30:00', hours: 14, stations: 1, creditFen: 1_234_567 },
      orders: [{ ...topUp('a', { minute: 200, fen: 4_321 }) }],
    });
    const fen = (s: Scenario) => (s.orders[0]?.do === 'topup' ? s.orders[0].fen : 0);
    const { scenario } = shrink(
      full,
      failing((s) => has(s, 'a') && fen(s) < 5_000),
      forEver,
    );
    expect(scenario.orders[0]).toMatchObject({ at: '11:20:00', fen: 4_000 });
    expect(scenario.world).toEqual({
      start: '2026-11-23 11:00:00',
      hours: 0.5,
      stations: 1,
      creditFen: 100_000,
    });
    for (const { at } of scenario.orders) {
      expect(instantOf(scenario, at)).toBeGreaterThanOrEqual(startOf(scenario));
      expect(instantOf(scenario, at)).toBeLessThanOrEqual(windowEnd(scenario));
    }
  });

  it('of a large world it first tries the order that the broken rule names', () => {
    const full = scenarioOf(300);
    const named = full.orders[200];
    if (!named) throw new Error('no such order');
    const order = orderId(full.seed, named.name, instantOf(full, named.at));
    let runs = 0;
    const sizes: number[] = [];
    shrink(
      full,
      (scenario) => {
        if (runs++ < 2) sizes.push(scenario.orders.length);
        return resultOf(scenario, has(scenario, named.name) ? { violation: broken('S7', { order }) } : {});
      },
      forEver,
    );
    expect(sizes).toEqual([300, 1]);
  });

  it('hands out the best so far when the time is over', () => {
    let now = 0;
    let best = 0;
    const { scenario, minimal, result } = shrink(
      scenarioOf(200),
      (s) => {
        now += 10;
        return failing((each) => has(each, 'o17', 'o80'))(s);
      },
      { limitMs: 120, now: () => now, progress: (smaller) => (best = smaller.orders.length) },
    );
    expect(minimal).toBe(false);
    // And no run is begun after that.
    expect(now).toBe(120);
    expect(scenario.orders.length).toBe(best);
    expect(scenario.orders.length).toBeLessThan(200);
    expect(has(scenario, 'o17', 'o80')).toBe(true);
    expect(result.violation?.invariant).toBe('S7');
  });

  it('makes nothing that could not be read, however it would fail', () => {
    const { scenario } = shrink(
      scenarioOf(0, {
        world: { start: '2026-11-23 08:00:30', hours: 1, stations: 1, creditFen: 100_000 },
        orders: [{ ...topUp('a'), at: '08:00:45.500' }],
      }),
      failing((s) => has(s, 'a')),
      forEver,
    );
    // Not rounded to the minute, which would be before the start.
    expect(scenario.orders[0]?.at).toBe('08:00:45');
    expect(problemsOf(scenario)).toEqual([]);
  });

  it('a scenario that passes is no matter for it', () => {
    expect(() => shrink(scenarioOf(1), (s) => resultOf(s), forEver)).toThrow('nothing to shrink');
  });
});
