import type { Card } from '../cards/chip.ts';
import { createSlot } from '../cards/slot.ts';

/** What a command's answer says first. */
export const DONE = 0x59;
export const FAILED = 0x4e;
export const NO_CARD = 0x45;
export const WRONG_PLACE = 0x57;

/** Card-in control at the front: forbidden (31), by the magnetic stripe only, by the switch, by the stripe’s signal (34). */
const FORBIDDEN = 0x31;
const STRIPE_ONLY = 0x32;
/** How the status names the modes 31 to 34. */
const ENTRY_NAMES = [0x4e, 0x49, 0x4a, 0x4b];

/**
 * The reader's motor, gate and contacts. A card that a person puts in is drawn in where the host lets cards in; the chip cards
 * here have no stripe. What the paper leaves open is chosen so that a driver can't rely on it: after power-up no card is let in.
 */
export function createMechanism() {
  const slot = createSlot(() => {
    if (!isMotor) handled();
  });
  let isMotor = false;
  const state = {
    entry: FORBIDDEN,
    rearEntry: 0x31,
    stop: 0x32,
    /** A card in the mouth is held there. */
    isHeld: false,
    /** It was put into the mouth by the motor, for its owner to take: it is not drawn in again. */
    isGivenBack: false,
    /** A card at the rear: held, or thrown out. */
    rear: undefined as 'held' | 'out' | undefined,
    captured: [] as Card[],
    /** A card of a wrong length, or one that no motor moves. */
    jam: undefined as 'long' | 'short' | 'stuck' | undefined,
    /** Main supply, too low, or off. */
    supply: 'main' as 'main' | 'low' | 'off',
    /** Dirty contacts: no chip answers a reset. */
    isDirty: false,
    /** The contacts have power. */
    isOn: false,
    /** The chip that has been reset, by how it is spoken to. */
    chip: 'none' as 'none' | 'T0' | 'T1' | 'sle4442',
  };

  function off(): void {
    slot.powerOff();
    state.isOn = false;
    state.chip = 'none';
  }

  /** A person put a card in, took it out, or exchanged it. */
  function handled(): void {
    off();
    state.rear = undefined;
    state.isHeld = false;
    state.isGivenBack = false;
    draw();
  }

  /** Draws a card in that lies in the mouth, where it may come in. */
  function draw(): void {
    if (!slot.card || slot.position !== 'gate' || state.jam === 'stuck' || state.isGivenBack) return;
    if (state.entry === FORBIDDEN || state.entry === STRIPE_ONLY) return;
    const target = [0x30, 0x31, 0x2e, 0x2f, 0x32, 0x33][state.stop - 0x30];
    if (target !== undefined && target !== 0x30) move(target);
  }

  function drive(to: 'gate' | 'inside' | 'contacts'): void {
    isMotor = true;
    slot.move(to);
    isMotor = false;
  }

  function capture(): void {
    isMotor = true;
    const card = slot.pull();
    isMotor = false;
    if (card) state.captured.push(card);
  }

  /** To the place that command 32 names; answers its status byte. */
  function move(to: number): number {
    if (to === 0x34) {
      state.jam = undefined;
      return DONE;
    }
    if (state.jam === 'stuck') return FAILED;
    if (!slot.card) return NO_CARD;
    if (to !== 0x2f) off();
    state.rear = to === 0x32 ? 'held' : to === 0x33 ? 'out' : undefined;
    state.isHeld = to === 0x31;
    state.isGivenBack = to === 0x30 || to === 0x31;
    if (to === 0x33) capture();
    else drive(to === 0x2f ? 'contacts' : to === 0x30 || to === 0x31 ? 'gate' : 'inside');
    return DONE;
  }

  /** Where the card lies, as the status names it. */
  function place(): number {
    if (state.jam === 'long') return 0x46;
    if (state.jam === 'short') return 0x47;
    if (state.rear === 'out') return 0x4d;
    if (!slot.card) return 0x4e;
    if (state.rear === 'held') return 0x4c;
    if (slot.position === 'gate') return state.isHeld ? 0x49 : 0x48;
    return slot.position === 'contacts' ? 0x4b : 0x4a;
  }

  return {
    slot,
    state,
    move,
    off,
    status: () => [
      place(),
      ENTRY_NAMES[state.entry - FORBIDDEN] ?? 0x4e,
      state.rearEntry === 0x30 ? 0x4a : 0x4e,
    ],
    /** Five along the way, the gate's switch, the rear's. */
    sensors(): number[] {
      const covered = { none: [], gate: [0, 5], inside: [1, 2, 3], contacts: [2, 3, 4] }[slot.position];
      return [0, 1, 2, 3, 4, 5, 6].map((at) => ((covered as number[]).includes(at) ? 0x31 : 0x30));
    },
    letIn(front: number, rear: number): void {
      state.entry = front;
      state.rearEntry = rear;
      // A card that waited at the gate comes in now; one that was given back waits for its owner.
      draw();
    },
    /** Why nothing can be done with the chip; `undefined` where something can. */
    obstacle: (): number | undefined =>
      !slot.card ? NO_CARD : slot.position === 'contacts' ? undefined : WRONG_PLACE,
    /** The power of the chip: the answer to reset, empty where there is none. */
    reset: (): Uint8Array => (state.isOn && !state.isDirty ? slot.powerOn() : new Uint8Array()),
    /** Off and on again: settings and the chip's power are lost, the card stays where it is. */
    restart(): void {
      off();
      Object.assign(state, { entry: FORBIDDEN, rearEntry: 0x31, stop: 0x32 });
    },
  };
}

export type Mechanism = ReturnType<typeof createMechanism>;
