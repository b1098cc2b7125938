import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { createHands } from '../../../platform/commands/control/hands.ts';
import type { Counter } from '../../../platform/commands/counter.ts';
import { openCounterCards } from '../../../platform/commands/counter-cards.ts';
import type { PlatformService } from '../../../platform/service/service.ts';
import { createSlot } from '../../../simulators/devices/cards/slot.ts';
import { createPrinter } from '../../../simulators/devices/printer/interpreter.ts';

const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

/** Hands at a counter without drivers and without a platform that has orders. */
function atCounter({ reader = true } = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'yizhan-hands-'));
  folders.push(folder);
  const slot = createSlot();
  const counter: Counter = {
    printer: createPrinter(),
    killDriver() {},
    cards: openCounterCards(folder),
    utility: undefined,
    reader: reader ? { slot, killDriver() {} } : undefined,
    display: undefined,
    sign: undefined,
    button: undefined,
    drivers: 0,
    close: () => Promise.resolve(),
  };
  const platform = { now: () => Date.UTC(2026, 11, 1, 1) } as PlatformService;
  const hands = createHands(counter, platform);
  const where = () => hands.show().cards.find(({ isInReader }) => isInReader)?.digits;
  /** The reader's contacts say so to the chip. */
  const said = (...apdu: number[]) => {
    slot.move('contacts');
    slot.powerOn();
    return slot.transmit(Uint8Array.from(apdu));
  };
  return { hands, slot, where, said };
}

const READ = [0x00, 0xb0, 0x99, 0x01, 0x08];

describe('a person’s hands at the counter', () => {
  it('insert, swap and pull: one card at a time, and never the one in the reader into the meter', () => {
    const { hands, where } = atCounter();
    hands.do({ do: 'insert', card: '0001' });
    expect(where()).toBe('0001');
    expect(() => hands.do({ do: 'insert', card: '0002' })).toThrow('card 0001 is in the reader');
    expect(() => hands.do({ do: 'meter', card: '0001' })).toThrow('card 0001 is in the reader');
    hands.do({ do: 'swap', card: '0002' });
    expect(where()).toBe('0002');
    hands.do({ do: 'meter', card: '0001' });
    hands.do({ do: 'pull' });
    expect(where()).toBeUndefined();
    expect(() => hands.do({ do: 'pull' })).toThrow('no card in the reader');
    expect(() => hands.do({ do: 'insert' })).toThrow('whose card?');
  });

  it('a planned pull is shown, happens once, and is forgotten with the card', () => {
    const { hands, where, said } = atCounter();
    expect(() => hands.do({ do: 'pullAt', at: 'read' })).toThrow('insert one first');
    hands.do({ do: 'insert', card: '0001' });
    hands.do({ do: 'pullAt', at: 'read' });
    expect(hands.show().reader?.pullAt).toBe('read');
    expect(said(...READ)).toBeUndefined();
    expect(where()).toBeUndefined();
    expect(hands.show().reader?.pullAt).toBeUndefined();

    hands.do({ do: 'insert', card: '0001' });
    expect(said(...READ)).toHaveLength(10);
    hands.do({ do: 'pullAt', at: 'read' });
    hands.do({ do: 'pullAt', at: 'never' });
    expect(said(...READ)).toHaveLength(10);
    hands.do({ do: 'pullAt', at: 'read' });
    hands.do({ do: 'swap', card: '0002' });
    expect(said(...READ), 'a plan is for the card that was there').toHaveLength(10);
  });

  it('what is no time to pull is refused with what is allowed: as many bytes as the card takes', () => {
    const { hands } = atCounter();
    for (const [card, most] of [
      ['0001', 102],
      ['0002', 103],
    ] as const) {
      hands.do({ do: 'insert', card });
      hands.do({ do: 'pullAt', at: `write:${most}` });
      for (const at of [`write:${most + 1}`, 'write:', 'soon', ''])
        expect(() => hands.do({ do: 'pullAt', at })).toThrow(`write:0 to write:${most}`);
      hands.do({ do: 'pull' });
    }
  });

  it('paper and cover; what this bench does not have is said with the option that brings it', () => {
    const { hands } = atCounter({ reader: false });
    hands.do({ do: 'paperOut' });
    hands.do({ do: 'coverOpen' });
    expect(hands.show().printer).toMatchObject({ isOn: true, hasPaper: false, isCoverOpen: true });
    hands.do({ do: 'paperIn' });
    hands.do({ do: 'coverClose' });
    expect(hands.show().printer).toMatchObject({ hasPaper: true, isCoverOpen: false });
    expect(hands.show().reader).toBeUndefined();
    expect(() => hands.do({ do: 'insert', card: '0001' })).toThrow('--devices printer');
    expect(() => hands.do({ do: 'alarm' })).toThrow('--devices all');
    const { hands: other } = atCounter();
    other.do({ do: 'insert', card: '0001' });
    expect(() => other.do({ do: 'pullAt', at: 'before-confirm' })).toThrow('--without-utility');
  });
});
