import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { INVARIANT_IDS } from '../../../simulators/checker/invariant.ts';
import { INVARIANTS } from '../../../simulators/checker/invariants/index.ts';

describe('the registry of invariants', () => {
  it('has every id once', () => {
    expect(INVARIANTS.map(({ id }) => id).sort()).toEqual([...INVARIANT_IDS].sort());
  });

  it('says each rule in both languages', () => {
    for (const { id, zh, en } of INVARIANTS) {
      expect(zh, id).toMatch(/[\u4e00-\u9fff]{4}/);
      expect(en, id).toMatch(/^[A-Z][^\u4e00-\u9fff]{20,}[^.]$/);
    }
  });

  it('has one file and one test for each', () => {
    const files = readdirSync('simulators/checker/invariants');
    for (const id of INVARIANT_IDS) {
      const own = files.filter((file) => file.startsWith(`${id.toLowerCase()}-`));
      expect(own, id).toHaveLength(1);
      const test = `tests/simulators/checker/invariants/${own[0]?.replace(/\.ts$/, '.test.ts')}`;
      expect(existsSync(test), test).toBe(true);
      const text = readFileSync(test, 'utf8');
      expect(text.includes(`invariant: '${id}'`), `${test} must break the rule`).toBe(true);
      expect(text.includes(`checked('${id}')`), `${test} must show that the rule is looked at`).toBe(true);
    }
  });
});
