import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { dotAt } from '../../../../simulators/devices/printer/bitmap.ts';
import { commands } from '../../../../simulators/devices/printer/commands.ts';
import { createFramer } from '../../../../simulators/devices/printer/framer.ts';
import { createPrinter } from '../../../../simulators/devices/printer/interpreter.ts';
import { CLONE_58, EPSON_80 } from '../../../../simulators/devices/printer/models.ts';
import {
  CHINESE_OFF,
  CHINESE_ON,
  CUT,
  INIT,
  job,
  LF,
  listenedTo,
  processId,
  RECEIPT_TITLE,
  status,
} from './bytes.ts';

const centre = job(0x1b, 0x61, 1);
const left = job(0x1b, 0x61, 0);
const size = (n: number) => job(0x1d, 0x21, n);
const bold = (n: number) => job(0x1b, 0x45, n);

const RECEIPT = job(
  ...[INIT, CHINESE_ON, centre, size(0x11), RECEIPT_TITLE, LF, size(0), left, '------', LF],
  ...[
    'No. 000123',
    LF,
    bold(1),
    'AMOUNT   100.00',
    LF,
    bold(0),
    '  ',
    LF,
    CHINESE_OFF,
    processId('0001'),
    CUT,
  ],
);
const RECEIPT_TEXT = ['缴费凭证', '------', 'No. 000123', 'AMOUNT   100.00', ''].join('\n');

/** Everything that can be observed of a printer, to compare two of them. */
function observed(printer: ReturnType<typeof createPrinter>) {
  const seen = [...printer.papers, printer.current].map(({ text, end, bitmap }) => {
    return { text, end, dots: createHash('sha256').update(bitmap.data).digest('hex') };
  });
  return {
    seen,
    problems: printer.problems,
    left: printer.paperLeft,
    pulses: printer.drawerPulses,
    room: printer.room(),
  };
}

function inChunks(bytes: Uint8Array, ends: readonly number[]): Uint8Array[] {
  const cuts = [0, ...ends.map((end) => end % (bytes.length + 1)).sort((a, b) => a - b), bytes.length];
  return cuts.slice(1).map((end, i) => bytes.subarray(cuts[i], end));
}

describe('a receipt', () => {
  test('is one cut piece with its text, and the printer knew every byte', () => {
    const { printer, answers } = listenedTo();
    printer.input(RECEIPT);
    expect(printer.papers.map((paper) => paper.text)).toEqual([RECEIPT_TEXT]);
    expect(printer.papers[0]?.end).toBe('partialCut');
    expect(printer.current.height).toBe(0);
    expect(printer.problems).toEqual([]);
    expect(answers()).toBe(`3722${Buffer.from('0001').toString('hex')}00`);
  });

  test('has a known picture: the double-size title stands in the middle, nothing prints beyond it', () => {
    const { printer } = listenedTo();
    printer.input(RECEIPT);
    const bitmap = printer.papers[0]?.bitmap ?? expect.unreachable();
    const columns = Array.from({ length: 576 }, (_, x) =>
      Array.from({ length: 48 }, (_, y) => dotAt(bitmap, x, y)).some(Boolean),
    );
    const [first, last] = [columns.indexOf(true), columns.lastIndexOf(true)];
    expect(first).toBeGreaterThanOrEqual((576 - 4 * 48) / 2);
    expect(last).toBeLessThan((576 + 4 * 48) / 2);
    expect(Math.abs(first + last - 575)).toBeLessThan(12);
    expect(bitmap.height).toBe(48 + 4 * 30 + EPSON_80.headToCutter);
    expect(createHash('sha256').update(bitmap.data).digest('hex')).toMatchInlineSnapshot(
      `"661f62b70ebad932973719f3aa44bcaeb59016af568cb2e9f8c6ef95f8e9f5e6"`,
    );
  });

  test('wraps at 48 columns of 80 mm paper, at 32 of 58 mm, a hanzi taking two', () => {
    for (const [model, columns] of [
      [EPSON_80, 48],
      [CLONE_58, 32],
    ] as const) {
      const printer = createPrinter({ model });
      printer.input(
        job(INIT, CHINESE_ON, 'x'.repeat(columns), 'y', LF, 'x'.repeat(columns - 1), 0xd6, 0xd0, LF),
      );
      expect(printer.current.text.split('\n')).toEqual([
        'x'.repeat(columns),
        'y',
        'x'.repeat(columns - 1),
        '中',
      ]);
    }
  });

  test('looks as its modes say: bold has more ink, reverse is the negative, underline blackens the last row', () => {
    const dots = (...modes: Uint8Array[]): number => {
      const printer = createPrinter();
      printer.input(job(...modes, 'A', LF));
      const { data } = printer.current.bitmap;
      return data.reduce((sum, byte) => sum + byte.toString(2).replaceAll('0', '').length, 0);
    };
    const plain = dots();
    expect(dots(job(0x1b, 0x45, 1))).toBeGreaterThan(plain);
    expect(dots(job(0x1d, 0x42, 1))).toBe(12 * 24 - plain);
    expect(dots(job(0x1b, 0x2d, 2))).toBe(plain + 2 * 12);
    expect(dots(job(0x1d, 0x21, 0x11))).toBe(4 * plain);
    expect(dots(job(0x1b, 0x21, 0x30))).toBe(4 * plain);
  });

  test('ESC ! does not enlarge hanzi, FS ! does nothing else, GS ! does both', () => {
    const height = (...modes: Uint8Array[]): number => {
      const printer = createPrinter();
      printer.input(job(CHINESE_ON, ...modes, 0xd6, 0xd0, LF));
      return printer.current.height;
    };
    expect([
      height(job(0x1b, 0x21, 0x10)),
      height(job(0x1c, 0x21, 0x08)),
      height(job(0x1d, 0x21, 0x01)),
    ]).toEqual([30, 48, 48]);
  });

  test('an image is printed dot by dot where the alignment puts it', () => {
    const printer = createPrinter();
    printer.input(job(centre, 0x1d, 0x76, 0x30, 0, 2, 0, 2, 0, 0x80, 0x01, 0xff, 0x00));
    const { bitmap, text } = printer.current;
    const row = (y: number) =>
      Array.from({ length: 16 }, (_, x) => (dotAt(bitmap, 280 + x, y) ? '#' : '.')).join('');
    expect([row(0), row(1)]).toEqual(['#..............#', '########........']);
    expect(bitmap.data.filter((byte) => byte !== 0)).toHaveLength(3);
    expect(text).toBe('[image 16×2]');
  });

  test('a cut without feed is cut, and the printer complains that it went through the last lines', () => {
    const printer = createPrinter();
    printer.input(job('total', LF, 0x1d, 0x56, 0));
    expect(printer.papers[0]?.text).toBe('total');
    expect(printer.problems).toEqual([expect.stringContaining('goes through it')]);
  });

  test('every form of cut cuts', () => {
    for (const form of [
      [0x1d, 0x56, 0],
      [0x1d, 0x56, 0x31],
      [0x1d, 0x56, 65, 5],
      [0x1d, 0x56, 66, 5],
      [0x1b, 0x69],
      [0x1b, 0x6d],
    ]) {
      const printer = createPrinter();
      printer.input(job('a', LF, 0x1b, 0x64, 4, Uint8Array.from(form), 'b', LF));
      expect([printer.papers[0]?.text.trimEnd(), printer.current.text]).toEqual(['a', 'b']);
    }
  });
});

describe('bytes in any chunks', () => {
  test('give the same paper, answers and problems, also where the paper ends on the way', () => {
    const image = job(0x1d, 0x76, 0x30, 0, 3, 0, 2, 0, 0x10, 0x04, 0x01, 0, 0, 0);
    const stream = job(
      RECEIPT,
      status(1),
      'more',
      LF,
      image,
      'after',
      LF,
      status(4),
      job(0x1d, 0x72, 1),
      CUT,
      RECEIPT,
    );
    fc.assert(
      fc.property(
        fc.array(fc.nat(stream.length), { maxLength: 12 }),
        fc.constantFrom(EPSON_80, CLONE_58, { ...EPSON_80, receiveBuffer: 40 }),
        fc.integer({ min: 1, max: 12 }),
        (ends, model, lines) => {
          const run = (chunks: Uint8Array[]) => {
            const { printer, answers } = listenedTo({ model });
            printer.paperOutAfterLines(lines);
            for (const chunk of chunks) printer.input(chunk);
            const before = observed(printer);
            printer.putPaperIn();
            return { before, after: observed(printer), answers: answers() };
          };
          expect(run(inChunks(stream, ends))).toEqual(run([stream]));
        },
      ),
      { numRuns: 60 },
    );
  });

  test('garbage never throws and keeps what is remembered bounded', () => {
    const command = fc.constantFrom(...[0x10, 0x1b, 0x1c, 0x1d].map((byte) => Uint8Array.of(byte)));
    const garbage = fc.array(fc.oneof(command, fc.uint8Array({ maxLength: 40 })), { maxLength: 60 });
    fc.assert(
      fc.property(garbage, fc.constantFrom(EPSON_80, CLONE_58), fc.boolean(), (parts, model, paperOut) => {
        const { printer } = listenedTo({ model });
        if (paperOut) printer.takePaperOut();
        for (const part of parts) printer.input(part);
        printer.closeCover();
        printer.putPaperIn();
        expect(printer.room()).toBeLessThanOrEqual(model.receiveBuffer);
        expect(printer.problems.length).toBeLessThanOrEqual(200);
        expect(printer.current.bitmap.height).toBe(printer.current.height);
      }),
      { numRuns: 300 },
    );
  });

  test('an endless stream without a cut ends with the roll, and without paper the buffer takes no more than its size', () => {
    const { printer, ask } = listenedTo({ model: { ...EPSON_80, receiveBuffer: 1000 } });
    printer.putPaperIn(500);
    for (let i = 0; i < 100; i++) printer.input(job('x'.repeat(99), LF));
    expect(printer.current.height).toBeLessThanOrEqual(500 + 30);
    expect(printer.room()).toBe(0);
    expect(printer.problems).toEqual([expect.stringContaining('1000 bytes is full')]);
    expect(ask(status(1))).toBe('1a');
  });
});

describe('commands', () => {
  test('an unknown one is told by its name and costs only its own bytes', () => {
    const printer = createPrinter();
    printer.input(job('a', LF, 0x1b, 0x7a, 0x1d, 0x28, 0x6b, 3, 0, 49, 81, 48, 0x10, 0x41, 0x05, 'b', LF));
    expect(printer.current.text).toBe('a\nb');
    expect(printer.problems.map((text) => text.split(':')[0])).toEqual(['ESC z', 'GS ( k', 'DLE A', '05']);
  });

  test('each one with a meaning is cut from the stream at its documented length', () => {
    // The framer knows lengths, the table meanings: a command of only one of them would eat or leave bytes.
    const two = ['ESC c', 'GS L', 'GS W', 'FS S'];
    const own = ['GS V', 'GS ( H', 'GS v 0', 'GS k'];
    const none = ['ESC @', 'ESC 2', 'ESC i', 'ESC m', 'FS &', 'FS .'];
    for (const name of Object.keys(commands).filter((key) => key.includes(' ') && !own.includes(key))) {
      const [lead = '', op = ''] = name.split(' ');
      const first = { ESC: 0x1b, FS: 0x1c, GS: 0x1d }[lead] ?? expect.unreachable();
      const second = op.length === 2 ? Number.parseInt(op, 16) : op;
      const length = none.includes(name) ? 0 : name === 'ESC p' ? 3 : two.includes(name) ? 2 : 1;
      const framer = createFramer();
      const framed = [...job(first, second, new Uint8Array(length))].map((byte) => framer.push(byte)?.name);
      expect(framed, name).toEqual([...Array(length + 1).fill(undefined), name]);
    }
  });
});

describe('characters', () => {
  test('DEV-01 outside Chinese mode hanzi print as rubbish; a clone is in Chinese mode from power-up', () => {
    const text = (model: typeof EPSON_80, ...before: Uint8Array[]): string => {
      const printer = createPrinter({ model });
      printer.input(job(...before, 0xd6, 0xd0, LF));
      return printer.current.text;
    };
    expect(text(EPSON_80)).toBe('╓╨');
    expect(text(EPSON_80, CHINESE_ON)).toBe('中');
    expect(text(CLONE_58)).toBe('中');
    expect(text(CLONE_58, CHINESE_OFF)).toBe('╓╨');
  });

  test('PRN-006 a code without a character prints 〓 and is told: GBK on a GB2312 printer, a broken pair, a private code', () => {
    const read = (model: typeof EPSON_80, ...codes: number[]) => {
      const printer = createPrinter({ model });
      printer.input(job(CHINESE_ON, ...codes, LF));
      return [printer.current.text, printer.problems.length];
    };
    expect(read(EPSON_80, 0xe9, 0x46)).toEqual(['镕', 0]);
    expect(read(CLONE_58, 0xe9, 0x46)).toEqual(['〓', 1]);
    expect(read(EPSON_80, 0xd6)).toEqual(['〓', 1]);
    expect(read(EPSON_80, 0xd6, 0x20, 0x41)).toEqual(['〓 A', 1]);
    expect(read(EPSON_80, 0xaa, 0xa1)).toEqual(['〓', 1]);
    expect(read(EPSON_80, 0x81, 0x30, 0x84, 0x36, 0x31)).toEqual(['¥1', 0]);
  });
});
