import type { Card } from '../cards/chip.ts';
import { createSlot } from '../cards/slot.ts';
import type { F2Model } from './models.ts';

/**
 * What holds the card: motor and gate, or a latch over a slot that the customer reaches into. A latch keeps a careless hand off;
 * a determined one pulls the card out all the same, so `slot.pull` always works.
 */
export function createMechanism(model: F2Model) {
  let isMotor = false;
  const slot = createSlot(() => {
    if (!isMotor) handled();
  });
  const state = {
    /** Since its power came. */
    isReset: false,
    mayEnter: model.keeps === 'latch',
    isLocked: false,
    /** Put out at the gate for its owner: it is not drawn in again. */
    isGivenBack: false,
    captured: [] as Card[],
    isJammed: false,
    isDirty: false,
    /** The chip that was reset, by how it is spoken to. */
    chip: 'none' as 'none' | 'T0' | 'T1' | 'sle4442',
  };

  function off(): void {
    slot.powerOff();
    state.chip = 'none';
  }

  function drive(to: 'gate' | 'inside' | 'contacts'): void {
    isMotor = true;
    slot.move(to);
    isMotor = false;
  }

  /** A person put a card in, took it out, or exchanged it. */
  function handled(): void {
    off();
    state.isGivenBack = false;
    draw();
  }

  function draw(): void {
    if (!slot.card || state.isJammed || slot.position !== 'gate') return;
    // By hand it goes all the way in, onto the contacts.
    if (model.keeps === 'latch') drive('contacts');
    else if (state.mayEnter && !state.isGivenBack) drive('inside');
  }

  const isIn = () => slot.position === 'inside' || slot.position === 'contacts';

  return {
    slot,
    state,
    off,
    draw,
    isIn,
    give(): void {
      off();
      state.isGivenBack = true;
      drive('gate');
    },
    capture(): void {
      off();
      isMotor = true;
      const card = slot.pull();
      isMotor = false;
      if (card) state.captured.push(card);
    },
    toContacts: () => drive('contacts'),
    /** The state bytes of a reply: where the card is, and of a motor its stacker and its bin, of a latch the lock first. */
    bytes(): number[] {
      const place = !slot.card ? 0x30 : slot.position === 'gate' ? 0x31 : 0x32;
      return model.keeps === 'motor' ? [place, 0x30, 0x30] : [state.isLocked ? 0x31 : 0x30, place];
    },
    /** The answer to reset, empty where there is none. */
    reset: (): Uint8Array => (state.isDirty ? new Uint8Array() : slot.powerOn()),
    /** Off and on again: the card stays where it is. */
    restart(): void {
      off();
      Object.assign(state, { isReset: false, mayEnter: model.keeps === 'latch', isLocked: false });
    },
  };
}

export type Mechanism = ReturnType<typeof createMechanism>;
