import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  BUS_PURSE,
  busPurseBytes,
  createBusCard,
  readBusPurse,
} from '../../../../simulators/devices/cards/bus-card.ts';
import { createSle4442 } from '../../../../simulators/devices/cards/sle4442.ts';

const CODE = Uint8Array.of(0x12, 0x34, 0x56);
const WRONG = Uint8Array.of(0x65, 0x43, 0x21);

function powered(options: Parameters<typeof createSle4442>[0] = {}) {
  const card = createSle4442({ code: CODE, ...options });
  card.powerOn();
  return card;
}

describe('a memory card SLE4442', () => {
  it('answers a reset with its first four bytes; a mute one with nothing', () => {
    const card = powered();
    expect(card.powerOn()).toEqual(Uint8Array.of(0xa2, 0x13, 0x10, 0x91));
    expect(card.readMain(0, 4)).toEqual(card.powerOn());
    card.isMute = true;
    expect(card.powerOn()).toEqual(new Uint8Array());
  });

  it('is read without its code, and written with it, in this power cycle only', () => {
    const card = powered();
    const bytes = Uint8Array.of(1, 2, 3);
    expect(card.writeMain(0x40, bytes)).toBe(false);
    expect(card.readMain(0x40, 3)).toEqual(Uint8Array.of(0xff, 0xff, 0xff));
    expect(card.verify(CODE)).toBe(true);
    expect(card.writeMain(0x40, bytes)).toBe(true);
    card.powerOff();
    card.powerOn();
    expect(card.readMain(0x40, 3)).toEqual(bytes);
    expect(card.writeMain(0x40, Uint8Array.of(9))).toBe(false);
    expect(card.readMain(0x40, 1)).toEqual(Uint8Array.of(1));
  });

  it('without power it is not spoken to', () => {
    const card = createSle4442();
    expect(() => card.readMain(0, 1)).toThrow('without power');
    card.powerOn();
    card.powerOff();
    expect(() => card.verify(CODE)).toThrow('without power');
  });

  it('its error counter goes 07, 06, 04, 00, over power cycles, and a right code sets it back', () => {
    const card = powered();
    const counters = [card.readSecurity()[0]];
    card.verify(WRONG);
    counters.push(card.readSecurity()[0]);
    card.powerOff();
    card.powerOn();
    card.verify(WRONG);
    counters.push(card.readSecurity()[0]);
    expect([counters, card.triesLeft]).toEqual([[7, 6, 4], 1]);
    expect(card.verify(CODE)).toBe(true);
    expect(card.readSecurity()).toEqual(Uint8Array.of(7, ...CODE));
  });

  it('three wrong codes lock it for ever: read, and never written again', () => {
    const card = powered({ data: Uint8Array.of(5) });
    for (let i = 0; i < 3; i++) expect(card.verify(WRONG)).toBe(false);
    card.powerOff();
    card.powerOn();
    expect(card.readSecurity()).toEqual(Uint8Array.of(0, 0, 0, 0));
    expect(card.verify(CODE)).toBe(false);
    expect(card.writeMain(0x40, Uint8Array.of(1))).toBe(false);
    expect(card.readMain(4, 1)).toEqual(Uint8Array.of(5));
  });

  it('a wrong code closes what a right one had opened', () => {
    const card = powered();
    card.verify(CODE);
    card.verify(WRONG);
    expect(card.writeMain(0x40, Uint8Array.of(1))).toBe(false);
    expect(card.readSecurity()).toEqual(Uint8Array.of(6, 0, 0, 0));
  });

  it('a byte is protected for ever where it is named as it is; the header is from the start', () => {
    const card = powered({ data: Uint8Array.of(5, 6), isProtected: [5] });
    expect(card.readProtection().subarray(0, 7)).toEqual(Uint8Array.of(0, 0, 0, 0, 1, 0, 1));
    expect(card.protect(4, Uint8Array.of(5))).toBe(false);
    card.verify(CODE);
    expect(card.protect(4, Uint8Array.of(9))).toBe(false);
    expect(card.protect(32, Uint8Array.of(0xff))).toBe(false);
    expect(card.protect(4, Uint8Array.of(5))).toBe(true);
    expect(card.writeMain(3, Uint8Array.of(1, 2, 3, 4))).toBe(false);
    expect(card.readMain(3, 4)).toEqual(Uint8Array.of(0x91, 5, 6, 4));
    expect(card.writeMain(4, Uint8Array.of(5))).toBe(true);
  });

  it('its code is changed with the old one', () => {
    const card = powered();
    expect(card.changeCode(WRONG)).toBe(false);
    card.verify(CODE);
    expect(card.changeCode(Uint8Array.of(1))).toBe(false);
    expect(card.changeCode(WRONG)).toBe(true);
    card.powerOff();
    card.powerOn();
    expect([card.verify(CODE), card.verify(WRONG)]).toEqual([false, true]);
  });

  it('nothing is written past its end', () => {
    const card = powered();
    card.verify(CODE);
    expect(card.writeMain(254, Uint8Array.of(1, 2, 3))).toBe(false);
    expect(card.readMain(254, 2)).toEqual(Uint8Array.of(0xff, 0xff));
    expect(card.memory).toHaveLength(256);
  });
});

const purses = fc.record({
  number: fc.stringMatching(/^[0-9]{16}$/),
  balanceFen: fc.integer({ min: 0, max: 100_000 }),
  loads: fc.integer({ min: 0, max: 0xffff }),
});

describe('a bus card', () => {
  it('reads as it was made', () => {
    fc.assert(
      fc.property(purses, (purse) => {
        expect(readBusPurse(createBusCard(purse).memory)).toEqual(purse);
      }),
    );
  });

  it('is none without its mark', () => {
    expect(readBusPurse(createSle4442().memory)).toBeUndefined();
  });

  it('a write that is torn anywhere leaves one of the two balances, or a purse that says it is torn', () => {
    fc.assert(
      fc.property(purses, purses, fc.integer({ min: 0, max: 24 }), (before, after, torn) => {
        const card = createBusCard(before, CODE);
        card.powerOn();
        card.verify(CODE);
        card.tearAfter = torn;
        expect(card.writeMain(BUS_PURSE.mark.at, busPurseBytes({ ...after, number: before.number }))).toBe(
          false,
        );
        const left = readBusPurse(card.memory);
        if (left) expect([before.balanceFen, after.balanceFen]).toContain(left.balanceFen);
        card.powerOn();
        card.verify(CODE);
        expect(card.writeMain(BUS_PURSE.mark.at, busPurseBytes(after))).toBe(true);
        expect(readBusPurse(card.memory)).toEqual(after);
      }),
    );
  });
});
