import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { INVARIANTS } from '../../../simulators/checker/invariants/index.ts';
import { nameOf } from '../../../simulators/report/invariant-names.ts';
import { FAULT_CATALOGUE, FAULT_NAMES } from '../../../simulators/world/fault-catalogue.ts';
import { CRASH_POINTS, MESSAGES } from '../../../simulators/world/faults.ts';
import { FAULTS_ABSENT } from '../../../simulators/world/faults-absent.ts';
import { problemsOf } from '../../../simulators/world/read-scenario.ts';
import { runScenario } from '../../../simulators/world/run.ts';

const page = readFileSync('docs/simulate.md', 'utf8');
const rows = page.split('\n').map((line) => line.split('|').map((cell) => cell.trim()));
const rowOf = (name: string) => rows.find(([, cell]) => cell === `\`${name}\``)?.slice(2, -1);

describe('docs/simulate.md', () => {
  it('has a row for every fault, with the catalogue’s sentences and members, and none for any other', () => {
    for (const name of FAULT_NAMES) {
      const { zh, en, members } = FAULT_CATALOGUE[name];
      const list = Object.keys(members.properties).map((member) =>
        members.required?.includes(member) ? member : `${member}?`,
      );
      expect(rowOf(name)).toEqual([zh, en, list.join(', ')]);
    }
    for (const { name, en, why, as } of FAULTS_ABSENT)
      expect(rowOf(name)).toEqual([en, as === undefined ? why : `it is: ${as}`]);
    const named = rows.flatMap(([, cell = '']) => cell.match(/^`([A-Z]{3,4}-[A-Z0-9-]+)`$/)?.[1] ?? []);
    expect(named).toHaveLength(FAULT_NAMES.length + FAULTS_ABSENT.length);
  });

  it('names every message and every crash point', () => {
    for (const word of [...MESSAGES, ...CRASH_POINTS]) expect(page).toContain(`\`${word}\``);
  });

  it('has a row for every rule, with its name and its sentence', () => {
    for (const { id, en } of INVARIANTS) expect(rowOf(id)).toEqual([nameOf(id).zh, en]);
    expect(rows.filter(([, cell = '']) => /^`[SLN]\d+`$/.test(cell))).toHaveLength(INVARIANTS.length);
  });

  it('its scenarios can be played, and every fault of them hits', () => {
    const all = [...page.matchAll(/```json\n([\s\S]*?)```/g)].map(([, json = '']) => JSON.parse(json));
    expect(all).toHaveLength(2);
    for (const scenario of all) {
      expect(problemsOf(scenario)).toEqual([]);
      const result = runScenario(scenario);
      expect(result.verdict).toBe('pass');
      expect(result.receipts).toHaveLength(scenario.faults.length);
      expect(Object.values(result.ends).map(({ state }) => state)).toEqual(
        scenario.orders.map(() => 'succeeded'),
      );
    }
  });
});
