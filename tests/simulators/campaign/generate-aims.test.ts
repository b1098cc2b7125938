import { describe, expect, it } from 'vitest';
import { createCoverage, impossibleHit } from '../../../simulators/campaign/coverage.ts';
import { generate } from '../../../simulators/campaign/generate.ts';
import { aimsOf, isLong } from '../../../simulators/campaign/generate-aims.ts';
import { cardAimOf, hasCards } from '../../../simulators/campaign/generate-card-aims.ts';
import { drawsOf } from '../../../simulators/campaign/generate-draws.ts';
import { play } from '../../../simulators/campaign/worker-play.ts';
import { matrixCells } from '../../../simulators/world/fault-catalogue.ts';
import { isOfCard } from '../../../simulators/world/fault-states.ts';
import { runScenario } from '../../../simulators/world/run.ts';
import type { Scenario } from '../../../simulators/world/scenario.ts';

const nameOf = ({ fault, state }: Pick<ReturnType<typeof matrixCells>[number], 'fault' | 'state'>) =>
  `${fault} × ${state}`;
const cells = matrixCells();
const feasible = cells
  .filter(({ fault, infeasible }) => infeasible === undefined && !isOfCard(fault))
  .map(nameOf);
const ofCards = cells
  .filter(({ fault, infeasible }) => infeasible === undefined && isOfCard(fault))
  .map(nameOf);
const seedsFrom = (first: number, count: number) => Array.from({ length: count }, (_, i) => first + i);
const isAimed = ({ name }: Scenario['orders'][number]) => /^a\d/.test(name);

describe('what small worlds aim at', () => {
  it('every cell comes in turn: within 300 seeds from wherever, none twice as often as it must', () => {
    for (const first of [1, 5_001, 123_456]) {
      const times = new Map<string, number>();
      for (const seed of seedsFrom(first, 300))
        for (const aim of aimsOf(drawsOf(seed))) times.set(nameOf(aim), (times.get(nameOf(aim)) ?? 0) + 1);
      expect([...times.keys()].sort()).toEqual([...feasible].sort());
      expect(Math.max(...times.values())).toBeLessThanOrEqual(5);
    }
  });

  it('what only a person has waits a day for it, and nothing else does', () => {
    for (const seed of seedsFrom(1, 400)) {
      const draws = drawsOf(seed);
      for (const { state } of aimsOf(draws)) expect(state === 'manual').toBe(isLong(draws));
      const { hours } = generate(seed, { size: 'tiny' }).world;
      expect(hours > 24).toBe(isLong(draws));
    }
  });

  it('worlds with cards aim at the cells of the card’s matrix in turn, each on a card of its own, long worlds among them', () => {
    const times = new Map<string, number>();
    for (const seed of seedsFrom(0, 4 * ofCards.length)) {
      const aim = cardAimOf(drawsOf(seed));
      expect(aim !== undefined).toBe(hasCards(drawsOf(seed)));
      if (aim) times.set(nameOf(aim), (times.get(nameOf(aim)) ?? 0) + 1);
    }
    expect([...times.keys()].sort()).toEqual([...ofCards].sort());
    expect([...times.values()].every((count) => count === 1)).toBe(true);
    expect(seedsFrom(1, 48).filter((seed) => hasCards(drawsOf(seed)) && isLong(drawsOf(seed)))).toEqual([48]);
    for (const seed of seedsFrom(1, 200)) {
      const { orders } = generate(seed, { size: 'tiny' });
      const customers = orders.flatMap((order) => (order.do === 'card' ? [order.customer] : []));
      expect(customers.filter((customer) => customer === 9).length).toBeLessThanOrEqual(1);
    }
  });

  it('another company each time round', () => {
    const pairs = seedsFrom(1, 1_000).map((seed) => aimsOf(drawsOf(seed)).map(nameOf).join(' + '));
    expect(new Set(pairs).size).toBeGreaterThan(900);
  });

  it('its order has a name and an account of its own, and no other fault but in a world of a day', () => {
    let worlds = 0;
    for (const seed of seedsFrom(1, 400)) {
      const { orders, faults, world } = generate(seed, { size: 'tiny' });
      const aimed = orders.filter(isAimed);
      if (aimed.length > 0) worlds++;
      if (world.hours > 1) continue;
      for (const { name } of aimed) {
        const about = faults.filter((fault) => 'order' in fault && fault.order === name);
        expect(about.length).toBeLessThanOrEqual(3);
      }
      expect(world.creditFen > 0 || aimed.length === 0).toBe(true);
    }
    expect(worlds).toBeGreaterThan(340);
  });

  it('where flows or faults are asked for, and in larger worlds, there are none', () => {
    for (const seed of seedsFrom(1, 50))
      for (const options of [
        { size: 'tiny', flows: ['topup'] },
        { size: 'tiny', faults: ['NET-DROP'] },
        { size: 'medium' },
      ] as const)
        expect(generate(seed, options).orders.filter(isAimed)).toEqual([]);
  });

  it('they hit what they aim at: small worlds alone reach every cell that can be, and none that can not', () => {
    const coverage = createCoverage(cells);
    let aims = 0;
    let hits = 0;
    let cardAims = 0;
    let cardHits = 0;
    for (const seed of seedsFrom(1, 320)) {
      const outcome = play({ runScenario, generate }, { seed, size: 'tiny' });
      expect({ seed, verdict: outcome.verdict }).toEqual({ seed, verdict: 'pass' });
      expect({ seed, impossible: impossibleHit(cells, outcome.hits) }).toEqual({ seed });
      coverage.add(outcome);
      if (!generate(seed, { size: 'tiny' }).orders.some(isAimed)) continue;
      for (const { fault, state } of aimsOf(drawsOf(seed))) {
        aims++;
        if (outcome.hits.some((hit) => hit[0] === fault && hit[1] === state)) hits++;
      }
      const aim = cardAimOf(drawsOf(seed));
      if (!aim || generate(seed, { size: 'tiny' }).orders.every(({ name }) => name !== 'ka')) continue;
      cardAims++;
      if (outcome.hits.some((hit) => hit[0] === aim.fault && hit[1] === aim.state)) cardHits++;
      else if (process.env.SHOW) console.log('missed', seed, nameOf(aim), JSON.stringify(outcome.hits));
    }
    expect(coverage.result().missing).toEqual([]);
    expect(hits / aims).toBeGreaterThan(0.85);
    expect(cardAims).toBeGreaterThan(60);
    expect(cardHits / cardAims).toBeGreaterThan(0.7);
  }, 90_000);
});
