import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Line } from '../../../contracts/devices/printer.ts';
import type { Completion } from '../../../contracts/operation.ts';
import { createEscposDriver } from '../../../drivers/printer-escpos/driver.ts';
import { MODELS, type ModelName } from '../../../drivers/printer-escpos/models.ts';
import { createPrinter } from '../../../simulators/devices/printer/interpreter.ts';
import { CLONE_58, EPSON_80 } from '../../../simulators/devices/printer/models.ts';

const MODEL_NAMES: ModelName[] = ['epson-80', 'clone-58'];
const LATE = 60;

/** The driver at the emulated printer. Bytes to it wait in `cable` while `slow` is on; the timer is in the test's hand. */
function bench(name: ModelName) {
  const printer = createPrinter({
    model: name === 'epson-80' ? EPSON_80 : CLONE_58,
    output: (bytes) => driver.bytes(bytes),
  });
  const ends = new Map<string, Completion>();
  const cable: number[] = [];
  const state = { slow: false, reopened: 0 };
  const driver = createEscposDriver({
    model: MODELS[name],
    port: {
      write: (bytes) => (state.slow ? cable.push(...bytes) : printer.input(bytes)),
      setTimer() {},
      statusChanged() {},
      reopen: () => state.reopened++,
    },
  });
  driver.opened();
  return {
    driver,
    printer,
    state,
    end: (key: string) => ends.get(key),
    print(key: string, lines: Line[] = receipt(key)) {
      driver.command({
        operation: 'print',
        key,
        data: { lines, cut: true },
        expiry: 0,
        processing() {},
        late: () => false,
        complete: (completion) => ends.set(key, completion),
      });
    },
    /** Lets so many of the waiting bytes arrive. */
    pass: (count: number) => printer.input(Uint8Array.from(cable.splice(0, count))),
    waits: () => cable.length,
    tick(times = 1) {
      for (; times > 0; times--) driver.timer();
    },
    papers: () => printer.papers.map((paper) => paper.text),
  };
}

function receipt(key: string): Line[] {
  return [
    { text: '便民服务站', align: 'center', size: 'double', bold: true },
    { text: `小票 ${key}` },
    { text: '充值 ¥100.00' },
    { text: '谢谢', align: 'center' },
  ];
}

const success = { outcome: 'success' };
const incomplete = { outcome: 'failure', error: { code: 'device.printIncomplete', effect: 'applied' } };
const uncertain = { outcome: 'unknown', error: { code: 'device.printUncertain' } };

describe.each(MODEL_NAMES)('DEV-01 %s', (name) => {
  it('prints two receipts on two pieces, and knows every byte it is sent', () => {
    const b = bench(name);
    b.print('A');
    b.print('B');
    b.tick(2);
    expect([b.end('A'), b.end('B')]).toMatchObject([success, success]);
    expect(b.papers()).toHaveLength(2);
    expect(b.papers()[0]).toContain('小票 A\n充值 ￥100.00');
    expect(b.papers()[1]).toContain('小票 B');
    expect(b.printer.problems).toEqual([]);
    expect(b.printer.current.text).toBe('');
  });

  it('PRN-004 paper out in mid-receipt: incomplete, and with the new roll nothing of it comes out', () => {
    const b = bench(name);
    b.printer.paperOutAfterLines(2);
    b.print('A');
    b.tick(1);
    expect(b.end('A')).toMatchObject(incomplete);
    expect(b.driver.status()).toMatchObject({ device: 'userError', paper: 'out' });
    b.print('B');
    b.tick(1);
    expect(b.end('B')).toMatchObject({ error: { code: 'device.paperOut', effect: 'none' } });

    b.printer.putPaperIn();
    b.tick(2);
    expect(b.printer.current.text).toBe('');
    expect(b.driver.status()).toEqual({ device: 'online', paper: 'full', cover: 'closed' });
    b.print('C');
    b.tick(3);
    expect(b.end('C')).toMatchObject(success);
    const texts = b.papers().join('|');
    expect(texts).toContain('小票 A');
    expect(texts).not.toContain('小票 A\n充值');
    expect(texts).not.toContain('小票 B');
    expect(b.papers().at(-1)).toContain('小票 C\n充值 ￥100.00\n');
    expect(b.papers().at(-1)).not.toContain('小票 A');
  });

  it('PRN-004 the cover is opened in mid-receipt: incomplete; the next receipt is cut off from the fragment', () => {
    const b = bench(name);
    b.state.slow = true;
    b.print('A');
    b.pass(12);
    b.pass(40);
    b.printer.openCover();
    b.pass(b.waits());
    b.state.slow = false;
    b.tick(1);
    expect(b.end('A')).toMatchObject(incomplete);
    expect(b.driver.status()).toMatchObject({ device: 'userError', cover: 'open' });
    b.printer.closeCover();
    expect(b.printer.current.text).not.toContain('谢谢');
    b.tick(1);
    b.print('B');
    b.tick(3);
    expect(b.end('B')).toMatchObject(success);
    const [fragment, whole, ...more] = b.papers();
    expect(fragment).toContain('便民服务站');
    expect(whole).toContain('小票 B');
    expect(whole).not.toContain('小票 A');
    expect(more).toEqual([]);
  });

  it('a stuck cutter: incomplete; after a person has freed it, it prints again', () => {
    const b = bench(name);
    b.printer.cutterJam();
    b.print('A');
    b.tick(1);
    expect(b.end('A')).toMatchObject(incomplete);
    b.printer.clearJam();
    b.tick(2);
    b.print('B');
    b.tick(3);
    expect(b.end('B')).toMatchObject(success);
    expect(b.papers().at(-1)).not.toContain('小票 A');
  });

  it('PRN-001 off and on in mid-receipt, on a line that does not notice: uncertain, and never printed again', () => {
    const b = bench(name);
    b.state.slow = true;
    b.print('A');
    b.pass(60);
    b.printer.powerCycle();
    const lost = b.waits();
    b.printer.powerOff();
    b.pass(lost);
    b.printer.powerOn();
    b.state.slow = false;
    b.tick(LATE);
    expect(b.end('A')).toMatchObject(uncertain);
    b.driver.lost('closed');
    b.driver.opened();
    b.tick(2);
    b.print('B');
    b.tick(3);
    expect(b.end('B')).toMatchObject(success);
    expect(b.papers().join('|').split('小票 A').length).toBeLessThanOrEqual(2);
    expect(b.papers().at(-1)).toContain('小票 B');
    expect(b.papers().at(-1)).not.toContain('小票 A');
  });

  it('PRN-002 the proof is lost: uncertain, although the receipt is there, once', () => {
    const b = bench(name);
    b.state.slow = true;
    b.print('A');
    b.pass(12);
    b.printer.muteAnswers(true);
    b.pass(b.waits());
    b.state.slow = false;
    b.tick(LATE);
    expect(b.end('A')).toMatchObject(uncertain);
    expect(b.state.reopened).toBeGreaterThan(0);
    expect(b.papers().filter((text) => text.includes('小票 A'))).toHaveLength(1);
    expect(b.driver.status().device).toBe('offline');
  });

  it('prints the same receipts for any chunking of the bytes', () => {
    const whole = bench(name);
    whole.print('A');
    whole.tick(1);
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 50 }), { minLength: 1, maxLength: 10 }), (sizes) => {
        const b = bench(name);
        b.state.slow = true;
        b.print('A');
        for (let i = 0; b.waits() > 0; i++) b.pass(sizes[i % sizes.length] ?? 1);
        b.state.slow = false;
        b.tick(1);
        expect(b.end('A')).toMatchObject(success);
        expect(b.papers()).toEqual(whole.papers());
      }),
      { numRuns: 30 },
    );
  });

  it('PRN-006 prints every line of any text, and the emulated printer knows every character', () => {
    fc.assert(
      fc.property(
        fc.array(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 30 }), {
          minLength: 1,
          maxLength: 5,
        }),
        (drawn) => {
          // The one character of GBK that the emulator's font was made without.
          const texts = drawn.map((text) => text.replaceAll('\u2252', '='));
          const b = bench(name);
          b.print(
            'A',
            texts.map((text) => ({ text })),
          );
          b.tick(1);
          expect(b.end('A')).toMatchObject(success);
          expect(b.papers()).toHaveLength(1);
          expect(b.printer.problems).toEqual([]);
        },
      ),
      { numRuns: 50 },
    );
  });
});
