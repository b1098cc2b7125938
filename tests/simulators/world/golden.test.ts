import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { FAULT_NAMES } from '../../../simulators/world/fault-catalogue.ts';
import { CRASH_POINTS } from '../../../simulators/world/faults.ts';
import { readScenario, writeScenario } from '../../../simulators/world/read-scenario.ts';

const FOLDER = 'simulators/golden/';
const golden = readdirSync(FOLDER).map((file) => {
  const text = readFileSync(`${FOLDER}${file}`, 'utf8');
  return { file, text, scenario: readScenario(JSON.parse(text)) };
});

describe('the golden scenarios', () => {
  it('are small stories, each with a note in both languages that says what it is for', () => {
    expect(golden.length).toBeGreaterThanOrEqual(24);
    for (const { scenario } of golden) {
      expect(scenario.note).toMatch(/^[^A-Za-z]*[一-龥].*[。:]\s*.*[A-Z][a-z,’ ]+.*\.$/);
      expect(scenario.orders.length).toBeLessThanOrEqual(3);
      expect(scenario.faults.length).toBeLessThanOrEqual(3);
    }
    expect(new Set(golden.map(({ scenario }) => scenario.note)).size).toBe(golden.length);
    expect(new Set(golden.map(({ scenario }) => scenario.seed)).size).toBe(golden.length);
  });

  it.each(golden)('$file is written as every scenario is', ({ text, scenario }) => {
    expect(text).toBe(writeScenario(scenario));
  });

  it('can be played on the real platform: numbers that it serves, amounts that it takes, purchases of 500 yuan', () => {
    for (const { scenario } of golden) {
      expect(scenario.world.creditFen).toBeGreaterThanOrEqual(50_000);
      for (const order of scenario.orders) {
        if (order.do === 'credit') expect(order.fen).toBeGreaterThanOrEqual(50_000);
        if (order.do !== 'topup') continue;
        expect(order.account).toMatch(/^138080[0-6]\d{4}$/);
        expect(order.fen % 1_000).toBe(0);
        expect(order.fen).toBeLessThanOrEqual(50_000);
      }
    }
  });

  it('show every crash point, and most kinds of fault', () => {
    const faults = golden.flatMap(({ scenario }) => scenario.faults);
    const points = faults.flatMap((fault) => (fault.fault === 'PLT-CRASH' ? [fault.point] : []));
    expect(new Set(points).size).toBe(CRASH_POINTS.length);
    const kinds = new Set(faults.map(({ fault }) => fault));
    expect(kinds.size).toBeGreaterThan(FAULT_NAMES.length * 0.8);
  });
});
