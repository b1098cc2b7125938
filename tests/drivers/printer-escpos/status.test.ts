import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { conditionOf, hasStopped, obstacleOf } from '../../../drivers/printer-escpos/condition.ts';
import { processIdIn, processIdOf } from '../../../drivers/printer-escpos/process-id.ts';
import { createRounds } from '../../../drivers/printer-escpos/rounds.ts';
import { createBackChannel } from '../../../drivers/printer-escpos/status.ts';

const parse = (...chunks: number[][]) => {
  const channel = createBackChannel();
  return chunks.flatMap((chunk) => channel.push(Uint8Array.from(chunk)));
};

const answers = fc.oneof(
  fc.constantFrom<number[][]>([0x12], [0x1a], [0x32], [0x72], [0x1e], [0x16], [0x7e]),
  fc.constantFrom<number[][]>([0x00], [0x03], [0x0f], [0x60]),
  fc.constantFrom<number[][]>([0x10, 0, 0, 0], [0x18, 0x00, 0x0f, 0x00], [0x38, 0, 0, 0]),
  fc.constantFrom<number[][]>([0x11], [0x13]),
  fc.constantFrom<number[][]>(
    [0x37, 0x22, 0x30, 0x30, 0x30, 0x31, 0x00],
    [0x37, 0x25, 0x00],
    [0x5f, 0x45, 0x50, 0x00],
  ),
);

describe('the back channel', () => {
  it('tells every kind of answer by its fixed bits', () => {
    expect(
      parse([0x12, 0x03, 0x18, 0x00, 0x13, 0x0f, 0x11, 0x00, 0x37, 0x22, 0x41, 0x42, 0x43, 0x44, 0x00, 0x1a]),
    ).toEqual([
      { kind: 'realTime', byte: 0x12 },
      { kind: 'inOrder', byte: 0x03 },
      { kind: 'automatic', bytes: [0x18, 0x00, 0x0f, 0x00] },
      { kind: 'block', header: 0x37, bytes: [0x22, 0x41, 0x42, 0x43, 0x44] },
      { kind: 'realTime', byte: 0x1a },
    ]);
  });

  it('gives the same events for any chunking', () => {
    fc.assert(
      fc.property(
        fc.array(answers),
        fc.array(fc.nat({ max: 255 })),
        fc.array(fc.integer({ min: 1, max: 9 })),
        (said, noise, cuts) => {
          const bytes = [...said.flat(), ...noise, ...said.flat()];
          const chunks: number[][] = [];
          for (let at = 0, i = 0; at < bytes.length; i++) {
            const size = cuts[i % cuts.length] ?? 1;
            chunks.push(bytes.slice(at, at + size));
            at += size;
          }
          expect(parse(...chunks)).toEqual(parse(bytes));
        },
      ),
    );
  });

  it('is in step again at the next status answer after any garbage', () => {
    fc.assert(
      fc.property(fc.array(fc.nat({ max: 255 })), fc.array(answers), (garbage, said) => {
        const expected = parse([0x12, ...said.flat()]);
        expect(parse([...garbage, 0x12, ...said.flat()]).slice(-expected.length)).toEqual(expected);
      }),
    );
  });

  it('believes no block without an end', () => {
    const channel = createBackChannel();
    channel.push(Uint8Array.from([0x5f]));
    const kinds = channel.push(new Uint8Array(1_000).fill(0x41)).map((event) => event.kind);
    expect(kinds).not.toContain('block');
    // What would end the block now ends nothing.
    expect(channel.push(Uint8Array.from([0x00]))).toEqual([{ kind: 'inOrder', byte: 0x00 }]);
    expect(channel.push(Uint8Array.from([0x12]))).toEqual([{ kind: 'realTime', byte: 0x12 }]);
  });
});

describe('processIdIn', () => {
  it('reads the answer to GS ( H and nothing else', () => {
    const [answer, cleared, text] = parse(
      [0x37, 0x22, 0x21, 0x41, 0x42, 0x7e, 0x00],
      [0x37, 0x25, 0x00],
      [0x5f, 0x22, 0x41, 0x41, 0x41, 0x41, 0x00],
    );
    expect([answer, cleared, text].map((event) => event && processIdIn(event))).toEqual([
      '!AB~',
      undefined,
      undefined,
    ]);
  });

  it('has four printable characters, and others for other keys', () => {
    const ids = new Set(Array.from({ length: 1_000 }, (_, i) => processIdOf(`01JZ${i}`)));
    expect(ids.size).toBe(1_000);
    for (const id of ids) expect(id).toMatch(/^[!-~]{4}$/);
  });
});

describe('conditionOf', () => {
  it.each([
    [[0x12, 0x12, 0x12, 0x12], undefined, false, 'full'],
    [[0x12, 0x12, 0x12, 0x1e], undefined, false, 'low'],
    [[0x1a, 0x16, 0x12, 0x12], 'device.coverOpen', true, 'full'],
    [[0x1a, 0x32, 0x12, 0x72], 'device.paperOut', true, 'out'],
    [[0x12, 0x12, 0x12, 0x7e], 'device.paperOut', false, 'out'],
    [[0x1a, 0x52, 0x1a, 0x12], 'device.paperJammed', true, 'full'],
    [[0x1a, 0x52, 0x32, 0x12], 'device.hardwareError', true, 'full'],
    [[0x1a, 0x52, 0x12, 0x12], 'device.hardwareError', true, 'full'],
    // A hot head goes on by itself: nothing has stopped for good.
    [[0x1a, 0x52, 0x52, 0x12], 'device.busy', false, 'full'],
    [[0x5a, 0x1a, 0x12, 0x12], 'device.busy', false, 'full'],
  ])('%j is %s', (bytes, obstacle, stopped, paper) => {
    const condition = conditionOf(bytes);
    expect(obstacleOf(condition)).toBe(obstacle);
    expect(hasStopped(condition)).toBe(stopped);
    expect(condition.paper).toBe(paper);
  });
});

describe('status rounds', () => {
  it('never take an answer to an earlier round for a fresh one', () => {
    const rounds = createRounds();
    rounds.begin();
    rounds.answer(0x12);
    rounds.begin();
    // The three that were owed still say that all is well.
    for (const late of [0x12, 0x12, 0x12]) expect(rounds.answer(late)).toBeUndefined();
    for (const now of [0x1a, 0x32, 0x12]) expect(rounds.answer(now)).toBeUndefined();
    expect(rounds.answer(0x72)).toMatchObject({ offline: true, paper: 'out' });
    expect(rounds.pending()).toBe(false);
  });
});
