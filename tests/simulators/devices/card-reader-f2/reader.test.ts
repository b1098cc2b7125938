import { describe, expect, it } from 'vitest';
import { frame, reportsOf } from '../../../../simulators/devices/card-reader-f2/codec.ts';
import { emulateF2 } from '../../../../simulators/devices/card-reader-f2/reader.ts';
import { createSle4442 } from '../../../../simulators/devices/cards/sle4442.ts';
import { cardOf, PURCHASE } from '../../../drivers/card-reader/bench.ts';
import { hex, textOf } from '../../../drivers/card-reader/test-card.ts';

/** Speaks to the reader in bytes; answers are the texts of its frames, in hex, with its single bytes between them. */
function serial() {
  const reader = emulateF2('crt-591');
  let said: number[] = [];
  reader.attach((bytes) => said.push(...bytes));
  const hear = () => {
    const bytes = Buffer.from(said).toString('hex').toUpperCase();
    said = [];
    return bytes;
  };
  return {
    reader,
    raw(bytes: Uint8Array) {
      reader.input(bytes);
      return hear();
    },
    /** The answer's text behind ACK, without frame and check. */
    ask(...body: number[]) {
      reader.input(frame([0x43, ...body], 0));
      const bytes = hear();
      reader.input(Uint8Array.of(0x06));
      expect(bytes.slice(0, 12)).toMatch(/^06F200/);
      return bytes.slice(10, -4);
    },
  };
}

const RESET = [0x30, 0x33] as const;

describe('CRT-591', () => {
  it('does nothing before its first reset but say so', () => {
    const { ask } = serial();
    expect(ask(0x31, 0x30)).toBe('4E31304230');
    expect(ask(...RESET)).toMatch(/^503033303030/);
    expect(ask(0x31, 0x30)).toBe('503130303030');
  });

  it('draws a card in only where it may enter, and gives it back to the gate', () => {
    const { reader, ask } = serial();
    ask(...RESET);
    reader.slot.insert({ name: '电卡', chip: cardOf(PURCHASE) });
    expect([ask(0x31, 0x30), reader.slot.position]).toEqual(['503130313030', 'gate']);
    expect(ask(0x33, 0x30)).toBe('503330323030');
    expect([ask(0x32, 0x31), reader.slot.position]).toEqual(['503231323030', 'contacts']);
    expect([ask(0x32, 0x39), reader.slot.position]).toEqual(['503239313030', 'gate']);
  });

  it('speaks to a processor once it was reset on the contacts, and to none before', () => {
    const { reader, ask } = serial();
    ask(...RESET);
    ask(0x33, 0x30);
    reader.slot.insert({ name: '电卡', chip: cardOf(PURCHASE) });
    expect(ask(0x51, 0x30, 0x33)).toBe('4E51303032');
    ask(0x32, 0x31);
    expect(ask(0x51, 0x33, ...hex('00A40000023F00'))).toBe('4E51333635');
    expect(ask(0x51, 0x30, 0x33)).toMatch(/^50513032303030/);
    expect(ask(0x51, 0x33, ...hex('0084000008'))).toMatch(/^505133323030.{16}9000$/);
    expect(ask(0x51, 0x30, 0x99), 'a supply that it has not').toBe('4E51303034');
  });

  it('reads, opens and writes a memory card by the family’s own commands, and counts wrong codes', () => {
    const { reader, ask } = serial();
    ask(...RESET);
    ask(0x33, 0x30);
    reader.slot.insert({ name: '存储卡', chip: createSle4442({ code: Uint8Array.of(1, 2, 3) }) });
    ask(0x32, 0x31);
    expect(ask(0x53, 0x30)).toBe(`505330323030${'A2131091'}`);
    expect(ask(0x53, 0x33, ...hex('00B0000004'))).toBe('505333323030A21310919000');
    expect(ask(0x53, 0x33, ...hex('00D00040021122'))).toMatch(/6F00$/);
    expect(ask(0x53, 0x33, ...hex('0020030103090909'))).toMatch(/6F01$/);
    expect(ask(0x53, 0x33, ...hex('0020030103010203'))).toMatch(/9000$/);
    expect(ask(0x53, 0x33, ...hex('00D00040021122'))).toMatch(/9000$/);
    expect(ask(0x53, 0x33, ...hex('00B0004002'))).toMatch(/11229000$/);
  });

  it('answers a spoiled frame with NAK, another unit’s not at all, a NAK with its last answer, and a cancel with EOT', () => {
    const { raw } = serial();
    const status = frame([0x43, 0x31, 0x30], 0);
    expect(raw(status.map((byte, i) => (i === 5 ? byte ^ 1 : byte)))).toBe('15');
    expect(raw(frame([0x43, 0x31, 0x30], 3))).toBe('');
    const answer = raw(status);
    expect(answer.startsWith('06F2')).toBe(true);
    expect(`06${raw(Uint8Array.of(0x15))}`).toBe(answer);
    raw(Uint8Array.of(0x06));
    expect(raw(Uint8Array.of(0x15)), 'it was acknowledged').toBe('');
    expect(raw(Uint8Array.of(0x04))).toBe('04');
  });
});

describe('CRT-288K', () => {
  function hid() {
    const reader = emulateF2('crt-288k');
    const reports: Uint8Array[] = [];
    reader.attach((report) => reports.push(report));
    return {
      reader,
      reports,
      ask(...body: number[]) {
        for (const report of reportsOf(frame([0x43, ...body], undefined), 64)) reader.input(report);
        return reports.splice(0);
      },
    };
  }

  it('speaks in whole reports: ACK in one of its own, the answer begins another, zeros fill them up', () => {
    const { ask } = hid();
    const [ack, answer, ...more] = ask(0x30, 0x31);
    expect(more).toEqual([]);
    expect([ack?.length, answer?.length]).toEqual([64, 64]);
    expect([ack?.[0], ack?.subarray(1).every((byte) => byte === 0)]).toEqual([0x06, true]);
    expect(textOf(answer?.subarray(0, 3) ?? new Uint8Array())).toBe('F2000D');
  });

  it('a long answer goes on in the next reports without a head', () => {
    const { reader, ask } = hid();
    reader.slot.insert({ name: '存储卡', chip: createSle4442() });
    ask(0x30, 0x30);
    ask(0x53, 0x30);
    const [, ...answer] = ask(0x53, 0x33, ...hex('00B0000080'));
    expect(answer).toHaveLength(3);
    expect(answer[0]?.[0]).toBe(0xf2);
    expect(answer[1]?.every((byte) => byte === 0xff)).toBe(true);
  });

  it('its latch locks and lets go; the card is on the contacts as soon as it is in', () => {
    const { reader, ask } = hid();
    ask(0x30, 0x31);
    reader.slot.insert({ name: '电卡', chip: cardOf(PURCHASE) });
    expect(reader.slot.position).toBe('contacts');
    const stateOf = ([, answer]: Uint8Array[]) => textOf(answer?.subarray(6, 8) ?? new Uint8Array());
    expect(stateOf(ask(0x31, 0x30))).toBe('3032');
    expect(stateOf(ask(0x30, 0x30))).toBe('3132');
    reader.slot.pull();
    expect(stateOf(ask(0x31, 0x30))).toBe('3130');
  });
});
