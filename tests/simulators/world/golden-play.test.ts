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
  // The customer never comes with the card again: nobody can say, so nobody says.
  'card-never-back': { a: 'unknown' },
  'card-never-sealed': { a: 'failed platform.cardNotWritten', b: 'succeeded' },
  'card-timeout-not-ordered': { a: 'failed contract.notFound' },
  'card-utility-down': { a: 'failed counterpart.unreachable' },
  'card-void-too-late': { a: 'succeeded', v: 'failed platform.cardNotWritten' },
  'card-void-elsewhere': { a: 'succeeded', v: 'none' },
  'card-not-inserted': { a: 'rejected platform.cardNotInserted' },
};

/** Fen of its 100,000 that the card's outlet can still spend: what was written is paid, what may be written is held. */
const CREDIT: { [story: string]: number } = {
  'card-never-back': 80_000,
  'card-at-another-station': 80_000,
  'card-never-sealed': 85_000,
  'card-timeout-not-ordered': 100_000,
  'card-utility-down': 100_000,
  'card-not-inserted': 100_000,
  'card-torn-in-a-void': 100_000,
  'card-void': 100_000,
  'card-void-confirm-lost': 100_000,
};
const CARD_SOLD = 80_000;
/** What a living outlet is asked to pay for at the end. */
const PROBE = 1_000;

/** The branch of the card's flow that a story is there for. */
const PROBES: { [story: string]: string } = {
  card: 'card-proven',
  'card-pulled-while-read': 'card-waits',
  'card-pulled-at-the-first-byte': 'card-indeterminate',
  'card-pulled-in-the-middle': 'card-write-unclear',
  'card-pulled-at-the-last-byte': 'card-indeterminate',
  'card-away-with-the-doubt': 'card-indeterminate',
  'card-reader-driver-killed': 'card-write-unclear',
  'card-timeout-not-ordered': 'not-found-final',
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
    if (scenario.orders[0]?.do === 'card') {
      // A dead outlet is asked for nothing.
      const probed = name === 'card-never-back' || name === 'card-at-another-station' ? 0 : PROBE;
      expect(result.credit['51010001']).toBe((CREDIT[name] ?? CARD_SOLD) - probed);
    }
    if (PROBES[name]) expect(result.probes[PROBES[name]]).toBeGreaterThan(0);
  });

  it('names no story that is not there', () => {
    for (const story of [ENDS, DATES, CASES, CREDIT, PROBES].flatMap(Object.keys))
      expect(names).toContain(story);
  });
});
