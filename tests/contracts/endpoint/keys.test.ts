import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { canonical, contentOf, isSameContent } from '../../../contracts/endpoint/keys.ts';
import { Bench, success } from './harness.ts';

/** Canonical text of `{"text":"…"}` with so many characters in all. */
const ofLength = (characters: number) => ({ text: 'x'.repeat(characters - '{"text":""}'.length) });
const RECEIPT = { lines: Array.from({ length: 40 }, (_, n) => ({ text: `移动话费 ${n}.00 元` })), cut: true };

describe('OPR-004 what a journal keeps of a request, to know it again', () => {
  test('short data whole, up to 160 characters', () => {
    const data = { account: '13808001234', amountFen: 5_000 };
    expect(contentOf(data)).toBe('{"account":"13808001234","amountFen":5000}');
    expect(contentOf(ofLength(160))).toBe(canonical(ofLength(160)));
  });

  test('longer data by its length and 64 bits: the same ones in every release, for journals are kept', () => {
    expect(contentOf(ofLength(161))).toMatch(/^161:[0-9a-f]{16}$/);
    expect(contentOf(RECEIPT)).toBe('972:8b60f4daced11814');
  });

  test('members in any order are the same content, at every depth and in either form', () => {
    expect(contentOf({ b: [{ d: 1, c: 2 }], a: 'x' })).toBe(contentOf({ a: 'x', b: [{ c: 2, d: 1 }] }));
    const turned = {
      cut: true,
      lines: RECEIPT.lines.map(({ text }) => ({ align: 'left', text })),
    };
    const straight = { lines: RECEIPT.lines.map(({ text }) => ({ text, align: 'left' })), cut: true };
    expect(contentOf(turned)).toBe(contentOf(straight));
  });

  test('long data that differs in any one character, or in the order of its lines, is other content', () => {
    const text = fc.string({ minLength: 200, maxLength: 600, unit: 'grapheme' });
    fc.assert(
      fc.property(text, fc.nat(), fc.string({ minLength: 1, maxLength: 1 }), (before, at, put) => {
        const i = at % before.length;
        const after = before.slice(0, i) + put + before.slice(i + 1);
        expect(contentOf({ after }) === contentOf({ after: before })).toBe(after === before);
      }),
      { numRuns: 500, seed: 4 },
    );
    const lines = [...RECEIPT.lines];
    lines.splice(3, 2, ...lines.slice(3, 5).reverse());
    expect(contentOf({ ...RECEIPT, lines })).not.toBe(contentOf(RECEIPT));
  });

  test('either half of the 64 bits tells far-spread changes apart, so that both are needed for a mistake', () => {
    const all = Array.from({ length: 5_000 }, (_, n) =>
      contentOf({ ...RECEIPT, no: String(n).padStart(6, '0') }),
    );
    const [, first = ''] = all[0]?.split(':') ?? [];
    expect(first).toHaveLength(16);
    for (const half of [0, 8])
      expect(new Set(all.map((kept) => kept.split(':')[1]?.slice(half, half + 8))).size).toBeGreaterThan(
        4_990,
      );
  });

  test('an older journal’s long content, kept whole, is still known', () => {
    expect(isSameContent(canonical(RECEIPT), RECEIPT)).toBe(true);
    expect(isSameContent(contentOf(RECEIPT), RECEIPT)).toBe(true);
    expect(isSameContent(canonical(RECEIPT), { ...RECEIPT, cut: false })).toBe(false);
    expect(isSameContent(contentOf(RECEIPT), { ...RECEIPT, cut: false })).toBe(false);
  });
});

describe('OPR-004 at the endpoint, with content that is kept by its digest', () => {
  const type = 'yizhan.carrier.applyForReversal';
  const data = (last: string) => ({
    originalKey: 'K'.repeat(200) + last,
    counterpartNo: 'CM1',
    account: '13808001234',
    amountFen: 5_000,
  });

  test('the same under the same key is a repeat, what differs in its last character a conflict', () => {
    const bench = new Bench().inTime();
    bench.ask({ id: 'R1', type, data: data('1') });
    bench.sync();
    expect(bench.journal[0]?.content).toMatch(/^\d+:[0-9a-f]{16}$/);
    bench.ask({ id: 'R2', type, data: data('1') });
    bench.ask({ id: 'R3', type, data: data('2') });
    expect(bench.replies()).toEqual(['accepted ← R1', 'accepted ← R2', 'completed contract.conflict ← R3']);
    expect(bench.commands).toHaveLength(1);
  });

  test('after a restart on a journal of either age: the kept end for the same, a conflict for another', () => {
    for (const content of [contentOf(data('1')), canonical(data('1'))]) {
      const kept = { key: 'K1', operation: 'applyForReversal', requestId: 'R1', at: 99_000 };
      const bench = new Bench([{ ...kept, content, completion: success }]).inTime();
      bench.ask({ id: 'R2', type, data: data('1') });
      bench.ask({ id: 'R3', type, data: data('2') });
      expect(bench.replies()).toEqual([
        'accepted ← R2',
        'completed success ← R2',
        'completed contract.conflict ← R3',
      ]);
      expect(bench.commands).toEqual([]);
    }
  });
});
