import { describe, expect, it } from 'vitest';
import { type GenerateOptions, generate } from '../../../simulators/campaign/generate.ts';
import { hasCards } from '../../../simulators/campaign/generate-card-aims.ts';
import { cardKindsOf } from '../../../simulators/campaign/generate-cards.ts';
import { drawsOf } from '../../../simulators/campaign/generate-draws.ts';
import { FLOWS } from '../../../simulators/campaign/mix.ts';
import { swarmOf } from '../../../simulators/campaign/swarm.ts';
import { FAULT_NAMES } from '../../../simulators/world/fault-catalogue.ts';
import { isOfCard } from '../../../simulators/world/fault-states.ts';
import { problemsOf, writeScenario } from '../../../simulators/world/read-scenario.ts';
import type { Scenario } from '../../../simulators/world/scenario.ts';
import { instantOf, windowEnd } from '../../../simulators/world/scenario-time.ts';

const SIZES = ['tiny', 'medium'] as const;
const seeds = Array.from({ length: 1_000 }, (_, i) => i + 1);
const all = seeds.flatMap((seed) => SIZES.map((size) => generate(seed, { size })));
const tiny = seeds.map((seed) => generate(seed, { size: 'tiny' }));

/** Every member of the data by its path without indices, with all the values it ever has. */
function dimensions(scenarios: readonly Scenario[]): Map<string, Set<string>> {
  const found = new Map<string, Set<string>>();
  const add = (path: string, value: unknown) => {
    const known = found.get(path) ?? new Set<string>();
    found.set(path, known);
    if (known.size < 3) known.add(JSON.stringify(value));
  };
  const walk = (path: string, value: unknown): void => {
    if (Array.isArray(value)) {
      add(`${path}.length`, value.length);
      for (const item of value) walk(path, item);
    } else if (typeof value === 'object' && value !== null) {
      const kind = (value as { do?: string; fault?: string }).do ?? (value as { fault?: string }).fault;
      const own = kind === undefined ? path : `${path}/${kind}`;
      for (const [name, member] of Object.entries(value)) walk(`${own}.${name}`, member);
    } else add(path, value);
  };
  for (const scenario of scenarios) walk('', scenario);
  return found;
}

/** A flag is there or not: its absence is the other value. */
const FLAG = /\.(again|embeddedBroker|losesJournal|losesRetained|newId|otherNo)$/;
const FIXED = /^\.v$|\.(do|fault)$|NET-RESET\.message$|cutDay|Ms\.length$/;

describe('generate', () => {
  it('every scenario can be played', () => {
    for (const scenario of all) expect(problemsOf(scenario)).toEqual([]);
  });

  it('the same seed and options give the same text, another seed another', () => {
    for (const seed of [1, 2, 77]) {
      const text = () => writeScenario(generate(seed, { size: 'medium' }));
      expect(text()).toBe(text());
    }
    expect(new Set(tiny.map((scenario) => JSON.stringify(scenario.orders))).size).toBe(tiny.length);
  });

  it('nothing that is generated is constant over a thousand seeds', () => {
    const constant = [...dimensions(all)]
      .filter(([path, values]) => values.size < 2 && !FLAG.test(path) && !FIXED.test(path))
      .map(([path]) => path);
    expect(constant).toEqual([]);
  });

  it('every fault, every flow and the absence of every healer occurs in small worlds', () => {
    const times = (name: string) =>
      tiny.filter(({ faults }) => faults.some(({ fault }) => fault === name)).length;
    expect(Object.fromEntries(FAULT_NAMES.map((name) => [name, times(name) >= 5]))).toEqual(
      Object.fromEntries(FAULT_NAMES.map((name) => [name, true])),
    );
    const flows = new Set(
      tiny.flatMap(({ orders, operations }) => [...orders, ...operations].map((each) => each.do)),
    );
    expect([...flows].sort()).toEqual([...FLOWS].sort());
    for (const healer of ['clientRetry', 'inquiry', 'operator'] as const) {
      const absent = tiny.filter(({ world }) => world.without?.includes(healer)).length;
      expect(absent).toBeGreaterThan(150);
      expect(absent).toBeLessThan(350);
    }
  });

  it('swarm: each kind of fault is absent from half of the seeds, what ends all from more, and some seeds have none at all', () => {
    const swarms = seeds.map((seed) => swarmOf(drawsOf(seed)));
    for (const name of FAULT_NAMES.filter((each) => !isOfCard(each))) {
      const share = swarms.filter(({ kinds }) => kinds.includes(name)).length / seeds.length;
      expect(Math.abs(share - (name === 'DSK-CORRUPT' ? 1 / 5 : 1 / 2))).toBeLessThan(0.06);
    }
    for (const seed of seeds.slice(0, 200)) {
      const draws = drawsOf(seed);
      const kinds: string[] = [...swarmOf(draws).kinds, ...(hasCards(draws) ? cardKindsOf(draws) : [])];
      for (const { fault } of generate(seed, { size: 'medium' }).faults) expect(kinds).toContain(fault);
    }
    const cards = seeds.map((seed) => cardKindsOf(drawsOf(seed)));
    for (const name of FAULT_NAMES.filter(isOfCard)) {
      const share = cards.filter((kinds) => kinds.some((kind) => kind === name)).length / seeds.length;
      expect(Math.abs(share - 0.6)).toBeLessThan(0.06);
    }
    const free = tiny.filter(({ faults }) => faults.length === 0).length;
    expect(free).toBeGreaterThan(40);
    expect(free).toBeLessThan(90);
  });

  it('tiny worlds are tiny, and start all over the day: some across the cut, some across midnight, some a day long', () => {
    const long = tiny.filter(({ world }) => world.hours > 24);
    expect(long.length).toBeGreaterThan(60);
    expect(long.length).toBeLessThan(100);
    for (const { world, orders, faults } of tiny) {
      expect(world.stations).toBeLessThanOrEqual(3);
      const cards = orders.filter((order) => order.do === 'card' || order.do === 'cardVoid').length;
      const voids = orders.filter((order) => order.do === 'void').length;
      expect(orders.length).toBeGreaterThanOrEqual(5);
      expect(orders.length - voids - cards).toBeLessThanOrEqual(12);
      expect(cards).toBeLessThanOrEqual(2 * 4 + 1);
      expect(faults.length).toBeLessThanOrEqual(6 + 2 * 3 + (cards > 0 ? 5 + 2 : 0));
    }
    const withCards = tiny.filter(({ orders }) => orders.some((order) => order.do === 'card'));
    expect(Math.abs(withCards.length - 250)).toBeLessThan(5);
    expect(withCards.filter(({ world }) => world.hours > 24).length).toBeGreaterThan(15);
    expect(new Set(tiny.map(({ world }) => world.start.slice(11, 13))).size).toBe(24);
    const crosses = (at: string) =>
      tiny.filter((scenario) => {
        const end = windowEnd(scenario);
        return [at, `+1d ${at}`].some((each) => {
          const ms = instantOf(scenario, each);
          return ms > instantOf(scenario, scenario.world.start.slice(11)) && ms < end;
        });
      }).length;
    expect(crosses('21:00:00')).toBeGreaterThan(200);
    expect(crosses('00:00:00')).toBeGreaterThan(50);
  });

  it('what is rare in a day is frequent here: little credit, look-alikes, one instant, the same customer, the edge of the cut', () => {
    const some = (has: (scenario: Scenario) => boolean) => tiny.filter(has).length;
    const topups = ({ orders }: Scenario) => orders.filter((order) => order.do === 'topup');
    const repeats = (values: readonly unknown[]) => new Set(values).size < values.length;
    expect(some((s) => s.world.creditFen <= 60_000)).toBeGreaterThan(250);
    expect(some((s) => repeats(topups(s).map(({ account, fen }) => `${account} ${fen}`)))).toBeGreaterThan(
      150,
    );
    expect(some((s) => repeats(s.orders.map(({ at }) => at)))).toBeGreaterThan(100);
    expect(some((s) => repeats(topups(s).map(({ account }) => account)))).toBeGreaterThan(250);
    expect(some((s) => topups(s).some(({ fen }) => fen % 1_000 !== 0 || fen > 50_000))).toBeGreaterThan(100);
    expect(some((s) => topups(s).some(({ account }) => /99\d\d$/.test(account)))).toBeGreaterThan(150);
    expect(some((s) => topups(s).some(({ account }) => !/^138080[0-6]\d{4}$/.test(account)))).toBeGreaterThan(
      60,
    );
    expect(
      some((s) => s.orders.some(({ at }) => /(20:59:59\.99[89]|21:00:00(\.00[12])?)$/.test(at))),
    ).toBeGreaterThan(50);
  });

  it('flows and faults that are asked for are all there is, besides what they need', () => {
    const asked: Partial<GenerateOptions> = { flows: ['void'], faults: ['PLT-CRASH', 'NET-DUP'] };
    const made = seeds.slice(0, 100).map((seed) => generate(seed, { size: 'tiny', ...asked }));
    const flows = made.flatMap(({ orders, operations }) => [...orders, ...operations].map((each) => each.do));
    expect([...new Set(flows)].sort()).toEqual(['credit', 'void']);
    const kinds = made.flatMap(({ faults }) => faults.map(({ fault }) => fault));
    expect([...new Set(kinds)].sort()).toEqual(['NET-DUP', 'PLT-CRASH']);
    expect(() => generate(1, { size: 'tiny', flows: ['refund'] })).toThrow(
      'there is no flow «refund»; name one',
    );
  });

  it('cards are voided only where somebody asks for that, and only cards are hit by what only hits a card', () => {
    const dosOf = (flows: readonly string[]) =>
      new Set(
        seeds.slice(0, 60).flatMap((seed) => generate(seed, { size: 'tiny', flows }).orders.map((o) => o.do)),
      );
    expect([...dosOf(['card'])].sort()).toEqual(['card', 'topup']);
    expect([...dosOf(['cardVoid'])].sort()).toEqual(['card', 'cardVoid', 'topup']);
    for (const { orders, faults } of tiny)
      for (const fault of faults) {
        if (!isOfCard(fault.fault) || !('order' in fault)) continue;
        const victim = orders.find(({ name }) => name === fault.order);
        expect(victim?.do).toMatch(/^card/);
      }
  });

  it('a tiny scenario takes well under a millisecond', () => {
    const before = performance.now();
    for (let seed = 2_000; seed < 4_000; seed++) generate(seed, { size: 'tiny' });
    expect((performance.now() - before) / 2_000).toBeLessThan(1);
  });
});

describe('generate, a real day', () => {
  const topupsOf = ({ orders }: Scenario) => orders.filter((order) => order.do === 'topup');

  it('stress: 40,000 top-ups at 300 stations, one fault in twenty orders, the platform and the broker die', () => {
    const day = generate(1, { size: { stations: 300, hours: 24, profile: 'stress' } });
    const topups = topupsOf(day);
    expect(topups.length).toBeGreaterThan(39_000);
    expect(topups.length).toBeLessThan(41_000);
    expect(topups.every(({ fen }) => fen % 1_000 === 0 && fen >= 1_000 && fen <= 50_000)).toBe(true);
    expect(day.faults.length / day.orders.length).toBeGreaterThan(0.045);
    expect(day.faults.length / day.orders.length).toBeLessThan(0.055);
    // What only hits a meter card has no part in a day without any.
    expect(day.faults.filter(({ fault }) => isOfCard(fault))).toEqual([]);
    const count = (name: string) => day.faults.filter(({ fault }) => fault === name).length;
    expect([1, 2]).toContain(count('PLT-CRASH'));
    expect(count('BRK-RESTART')).toBe(1);
    const hour = (from: string) => topups.filter(({ at }) => at.slice(0, 2) === from).length;
    expect(hour('07') + hour('22')).toBe(0);
    expect(hour('11')).toBeGreaterThan(2 * hour('08'));
    expect(hour('18')).toBeGreaterThan(1.5 * hour('14'));
    expect(hour('21')).toBeGreaterThan(1_000);
    expect(day.orders.map(({ at }) => at)).toEqual(day.orders.map(({ at }) => at).sort());
    expect(problemsOf(day)).toEqual([]);
  });

  it('stress: the clerk sells credit in time, so that nearly all of a day goes through', () => {
    const day = generate(1, { size: { stations: 20, hours: 24, profile: 'stress' } });
    const credit = new Map<number, number>();
    let refused = 0;
    for (const order of day.orders) {
      if (order.do === 'void' || order.do === 'cardVoid') continue;
      const before = credit.get(order.station) ?? day.world.creditFen;
      const after = order.do === 'credit' ? before + order.fen : before - order.fen;
      if (after < 0) refused++;
      else credit.set(order.station, after);
    }
    expect(refused).toBe(0);
    expect(day.orders.some((order) => order.do === 'void')).toBe(true);
  });

  it('hangzhou: 292 booths, the busiest 25 a day, most of them a few, 75 yuan on the average', () => {
    const topups = topupsOf(generate(3, { size: { stations: 292, hours: 24, profile: 'hangzhou' } }));
    const counts = Array.from(
      { length: 292 },
      (_, i) => topups.filter(({ station }) => station === i + 1).length,
    );
    expect(Math.max(...counts)).toBe(25);
    expect(counts.filter((count) => count <= 2).length).toBeGreaterThan(146);
    const mean = topups.reduce((sum, { fen }) => sum + fen, 0) / topups.length;
    expect(mean).toBeGreaterThan(7_000);
    expect(mean).toBeLessThan(8_000);
  });

  it('nothing takes the whole day away: no fault of the carrier’s line, and what all wait for is over in minutes', () => {
    const { faults } = generate(1, { size: { stations: 100, hours: 24, profile: 'stress' } });
    expect(faults.filter((fault) => 'station' in fault && fault.station === 'carrier')).toEqual([]);
    for (const fault of faults)
      if (['PLT-CRASH', 'BRK-RESTART', 'CAR-CRASH'].includes(fault.fault))
        expect('forMs' in fault && fault.forMs).toBeLessThanOrEqual(5 * 60_000);
  });

  it('a shorter day is the first part of it', () => {
    const day = generate(1, { size: { stations: 30, hours: 2, profile: 'stress' } });
    expect(topupsOf(day).length).toBeGreaterThan(250);
    expect(topupsOf(day).length).toBeLessThan(450);
    expect(day.orders.every(({ at }) => at >= '08:00:00' && at < '10:00:00')).toBe(true);
  });
});
