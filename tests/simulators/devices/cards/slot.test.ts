import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Card, CpuChip } from '../../../../simulators/devices/cards/chip.ts';
import { createSle4442 } from '../../../../simulators/devices/cards/sle4442.ts';
import { createSlot } from '../../../../simulators/devices/cards/slot.ts';

/** A chip that writes down what happens to it. */
function watched(answer = Uint8Array.of(0x3b, 0x00)) {
  const log: string[] = [];
  const chip: CpuChip = {
    kind: 'cpu',
    powerOn: () => {
      log.push('on');
      return answer;
    },
    powerOff: () => void log.push('off'),
    transmit: (apdu) => {
      log.push(`apdu ${apdu[0]}`);
      return Uint8Array.of(0x90, 0x00);
    },
    tear: (apdu, bytes) => void log.push(`torn ${apdu[0]} after ${bytes}`),
  };
  const card: Card = { name: '卡', chip };
  return { card, log };
}

const APDU = Uint8Array.of(7);

/** A card on the contacts, with power. */
function powered() {
  const w = watched();
  const changes: number[] = [];
  const slot = createSlot(() => changes.push(changes.length));
  slot.insert(w.card);
  slot.move('contacts');
  slot.powerOn();
  w.log.length = 0;
  changes.length = 0;
  return { slot, changes, ...w };
}

describe('the mouth of a reader', () => {
  it('a person puts a card to the gate; a second one does not go in', () => {
    const slot = createSlot();
    expect([slot.position, slot.card]).toEqual(['none', undefined]);
    const { card } = watched();
    expect(slot.insert(card)).toBe(true);
    expect([slot.position, slot.card]).toEqual(['gate', card]);
    expect(slot.insert(watched().card)).toBe(false);
    expect(slot.card).toBe(card);
  });

  it('only a card on the contacts answers a reset, and only with power a command', () => {
    const { card, log } = watched();
    const slot = createSlot();
    slot.insert(card);
    for (const position of ['gate', 'inside'] as const) {
      slot.move(position);
      expect(slot.powerOn()).toEqual(new Uint8Array());
    }
    slot.move('contacts');
    expect(slot.transmit(APDU)).toBeUndefined();
    expect(log).toEqual([]);
    expect(slot.powerOn()).toEqual(Uint8Array.of(0x3b, 0x00));
    expect(slot.transmit(APDU)).toEqual(Uint8Array.of(0x90, 0x00));
    slot.powerOff();
    expect(slot.transmit(APDU)).toBeUndefined();
    expect(log).toEqual(['on', 'apdu 7', 'off']);
  });

  it('a chip that does not answer its reset has no power; nor has a card without a chip', () => {
    const mute = watched(new Uint8Array());
    for (const card of [mute.card, { name: '无芯片', chip: undefined }]) {
      const slot = createSlot();
      slot.insert(card);
      slot.move('contacts');
      expect(slot.powerOn()).toEqual(new Uint8Array());
      expect(slot.transmit(APDU)).toBeUndefined();
    }
    expect(mute.log).toEqual(['on']);
  });

  it('a memory card takes no processor’s command', () => {
    const slot = createSlot();
    slot.insert({ name: '存储卡', chip: createSle4442() });
    slot.move('contacts');
    expect(slot.powerOn()).toHaveLength(4);
    expect(slot.transmit(APDU)).toBeUndefined();
  });

  it('whatever takes the card off its contacts takes its power', () => {
    for (const leave of [
      (slot: ReturnType<typeof createSlot>) => void slot.pull(),
      (slot: ReturnType<typeof createSlot>) => slot.move('inside'),
      (slot: ReturnType<typeof createSlot>) => slot.move('gate'),
      (slot: ReturnType<typeof createSlot>) => void slot.swap(watched().card),
    ]) {
      const { slot, log, changes } = powered();
      leave(slot);
      expect(log).toEqual(['off']);
      expect(slot.transmit(APDU)).toBeUndefined();
      expect(changes).toHaveLength(1);
    }
  });

  it('a swap leaves the other card where the first one lay', () => {
    const { slot, card } = powered();
    const other = watched().card;
    expect(slot.swap(other)).toBe(card);
    expect([slot.position, slot.card]).toEqual(['contacts', other]);
    expect(createSlot().swap(other)).toBeUndefined();
  });

  it('a move of no card, and to where it is, changes nothing', () => {
    const { slot, changes } = powered();
    slot.move('contacts');
    expect(changes).toEqual([]);
    const empty = createSlot(() => changes.push(1));
    empty.move('inside');
    expect([empty.position, changes.length]).toEqual(['none', 0]);
  });

  it('a planned pull tears the command it was planned for, once, and the card is out', () => {
    const { slot, card, log } = powered();
    slot.pullWhen((apdu) => (apdu[0] === 9 ? 3 : undefined));
    expect(slot.transmit(APDU)).toEqual(Uint8Array.of(0x90, 0x00));
    expect(slot.transmit(Uint8Array.of(9))).toBeUndefined();
    expect(log).toEqual(['apdu 7', 'torn 9 after 3']);
    expect([slot.position, slot.card]).toEqual(['none', undefined]);
    slot.insert(card);
    slot.move('contacts');
    slot.powerOn();
    expect(slot.transmit(Uint8Array.of(9))).toEqual(Uint8Array.of(0x90, 0x00));
  });

  it('whatever is done to it: a card is somewhere exactly if there is one, and a command is answered only on the contacts', () => {
    const cards = [watched().card, watched().card];
    const act = fc.constantFrom(
      'insert0',
      'insert1',
      'pull',
      'swap0',
      'swap1',
      'gate',
      'inside',
      'contacts',
      'on',
      'off',
      'apdu',
    );
    fc.assert(
      fc.property(fc.array(act, { maxLength: 30 }), (acts) => {
        const slot = createSlot();
        for (const what of acts) {
          const index = Number(what.at(-1));
          const chosen = cards[index] ?? cards[0];
          if (what.startsWith('insert') && chosen) slot.insert(chosen);
          else if (what.startsWith('swap') && chosen) slot.swap(chosen);
          else if (what === 'pull') slot.pull();
          else if (what === 'on') slot.powerOn();
          else if (what === 'off') slot.powerOff();
          else if (what === 'apdu') {
            if (slot.transmit(APDU)) expect(slot.position).toBe('contacts');
          } else slot.move(what as 'gate');
          expect(slot.position === 'none').toBe(slot.card === undefined);
        }
      }),
    );
  });
});
