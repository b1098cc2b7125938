import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readScenario } from '../../../simulators/world/read-scenario.ts';
import { runScenario } from '../../../simulators/world/run.ts';

const FOLDER = 'simulators/golden/';
const names = readdirSync(FOLDER).map((file) => file.slice(0, -'.json'.length));

/**
 * How each story ends: the state of its orders, by their names, and what is more than that. `charged`: what the carrier has
 * charged is what the outlet paid, which is so wherever nothing else is said.
 */
const ENDS: { [story: string]: { [order: string]: string } } = {
  declined: { a: 'failed counterpart.accountInvalid' },
  'carrier-down': { a: 'failed counterpart.unreachable' },
  'late-failure': { a: 'failed counterpart.declined' },
  'timeout-not-charged': { a: 'failed contract.notFound' },
  'processing-for-ever': { a: 'manual' },
  // On the disk and never sent: after the crash it is inquired, and the carrier knows nothing of it.
  'crash-after-append': { a: 'failed contract.notFound' },
  'disk-error': { a: 'failed contract.notFound' },
  'crash-and-station-gone': { a: 'none' },
  'last-credit': { a: 'succeeded', b: 'rejected platform.creditInsufficient' },
  'look-alike': { a: 'succeeded', b: 'rejected platform.lookAlike', c: 'succeeded' },
  void: { c: 'succeeded', v: 'succeeded', w: 'rejected platform.voidNotAllowed' },
  'void-after-the-cut': { c: 'succeeded', v: 'rejected platform.voidNotAllowed' },
  'flip-after-failure': { a: 'failed counterpart.accountInvalid' },
  'end-in-a-later-cut': { a: 'failed counterpart.declined', b: 'succeeded' },
};

const DATES: { [story: string]: { [order: string]: string } } = {
  'cut-race': { a: '2026-11-23', b: '2026-11-24' },
  'cut-in-flight': { a: '2026-11-23' },
  'crash-at-the-cut': { a: '2026-11-23', b: '2026-11-24' },
  'cut-twice-by-hand': { a: '2026-11-23', b: '2026-11-24', c: '2026-11-25' },
  'clock-back': { a: '2026-11-24', b: '2026-11-24' },
  'void-after-the-cut': { c: '2026-11-23', v: '2026-11-24' },
  'end-in-a-later-cut': { a: '2026-11-23', b: '2026-11-24' },
};

/** Contrary news open one case, and move no money. */
const CASES: { [story: string]: number } = { 'flip-after-failure': 1, 'told-twice': 1, 'wrong-amount': 1 };

describe('the golden scenarios, played', () => {
  it.each(names)('%s ends as its note says, breaks no rule, and every fault of it really hits', (name) => {
    const scenario = readScenario(JSON.parse(readFileSync(`${FOLDER}${name}.json`, 'utf8')));
    const result = runScenario(scenario);
    expect(result.violation ?? result.crash).toBeUndefined();
    expect(result.verdict).toBe('pass');
    expect(result.receipts.map(({ index }) => index)).toEqual(scenario.faults.map((_, i) => i));
    for (const { name: order, do: what } of scenario.orders) {
      const end = result.ends[order];
      expect([end?.state, end?.problem].filter(Boolean).join(' ')).toBe(ENDS[name]?.[order] ?? 'succeeded');
      if (DATES[name]) expect(end?.businessDate).toBe(DATES[name][order]);
      expect(end?.cases).toBe(what === 'topup' ? (CASES[name] ?? 0) : 0);
      // Whose success was first declined has been charged all the same: that is what the case is for.
      const charged = end?.state === 'succeeded' || name === 'flip-after-failure';
      if (what === 'topup') expect(end?.chargedFen).toBe(charged ? end?.fen : 0);
    }
  });

  it('names no story that is not there', () => {
    for (const story of [...Object.keys(ENDS), ...Object.keys(DATES), ...Object.keys(CASES)])
      expect(names).toContain(story);
  });
});
