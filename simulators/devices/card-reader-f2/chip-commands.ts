import type { MemoryChip } from '../cards/chip.ts';
import { type Handler, REFUSAL } from './commands.ts';

/** What goes through the contacts: what kind of card it is, processor, SLE4442. */
export const chipCommand = (command: number, parameter: number): Handler | undefined =>
  HANDLERS.get((command << 8) | parameter);

/** Only where a card lies on the contacts; a motor's has to be brought there first. */
const onContacts =
  (handler: Handler): Handler =>
  (data, context) =>
    context.mechanism.slot.position === 'contacts' ? handler(data, context) : { refuse: REFUSAL.sequence };

const characters = (type: string) => [type.charCodeAt(0), type.charCodeAt(1)];

/** By a reset of its own, after which the chip has no power. */
const cardType = onContacts((_, { mechanism }) => {
  const kind = mechanism.slot.card?.chip?.kind;
  const answer = mechanism.reset();
  mechanism.off();
  if (answer.length === 0) return characters('00');
  return characters(kind === 'sle4442' ? '20' : '10');
});

const coldReset = onContacts(([supply], { mechanism, model }) => {
  if (supply !== undefined && !model.supplies.includes(supply)) return { refuse: REFUSAL.data };
  const { slot, state } = mechanism;
  state.chip = 'none';
  const answer = slot.card?.chip?.kind === 'cpu' ? mechanism.reset() : new Uint8Array();
  if (answer.length === 0) return { refuse: REFUSAL.mute };
  const isT1 = offersT1(answer);
  state.chip = isT1 ? 'T1' : 'T0';
  return [isT1 ? 0x31 : 0x30, ...answer];
});

/** The first protocol that an answer to reset offers (ISO 7816-3): T=0 where it names none. */
function offersT1(answer: Uint8Array): boolean {
  const follow = (answer[1] ?? 0) >> 4;
  if ((follow & 0x8) === 0) return false;
  const at = 2 + [0x1, 0x2, 0x4].filter((bit) => follow & bit).length;
  return ((answer[at] ?? 0) & 0xf) === 1;
}

const off: Handler = (_, { mechanism }) => {
  mechanism.off();
  return [];
};

/** `undefined`: whatever the card said when it was reset. */
const exchange = (protocol: 'T0' | 'T1' | undefined) =>
  onContacts((bytes, { mechanism }) => {
    const { chip } = mechanism.state;
    if (chip !== 'T0' && chip !== 'T1') return { refuse: REFUSAL.notActivated };
    if (protocol && chip !== protocol) return { refuse: REFUSAL.parameter };
    if (bytes.length < 4) return { refuse: REFUSAL.data };
    const answer = mechanism.slot.transmit(Uint8Array.from(bytes));
    if (answer) return [...answer];
    // Pulled out in the middle, or silent.
    return { refuse: mechanism.slot.card ? REFUSAL.noAnswer : REFUSAL.notActivated };
  });

const memoryReset = onContacts((_, { mechanism }) => {
  const { slot, state } = mechanism;
  state.chip = 'none';
  const answer = slot.card?.chip?.kind === 'sle4442' ? mechanism.reset() : new Uint8Array();
  if (answer.length === 0) return { refuse: REFUSAL.mute };
  state.chip = 'sle4442';
  return [...answer];
});

const WORDS = { done: [0x90, 0x00], failed: [0x6f, 0x00], wrongCode: [0x6f, 0x01], locked: [0x6f, 0x02] };
const LENGTH = [0x67, 0x00];

/** A memory card is spoken to as if it were a processor: read, write, verify. */
const memory = onContacts((bytes, { mechanism }) => {
  const chip = mechanism.slot.card?.chip;
  if (mechanism.state.chip !== 'sle4442' || chip?.kind !== 'sle4442') return { refuse: REFUSAL.notActivated };
  return memoryAnswer(chip, bytes);
});

function memoryAnswer(chip: MemoryChip, bytes: readonly number[]): readonly number[] {
  const [, instruction, area, address = 0, length = 0, ...data] = bytes;
  if (instruction === 0xb0) {
    if (area === 0x01) return [...chip.readProtection(), ...WORDS.done];
    if (area === 0x02) return [...chip.readSecurity(), ...WORDS.done];
    if (address + length > 256) return LENGTH;
    return [...chip.readMain(address, length), ...WORDS.done];
  }
  if (data.length !== length) return LENGTH;
  if (instruction === 0xd0) {
    const isWritten = chip.writeMain(address, Uint8Array.from(data));
    return isWritten ? WORDS.done : WORDS.failed;
  }
  if (instruction !== 0x20) return WORDS.failed;
  if (chip.verify(Uint8Array.from(data))) return WORDS.done;
  return (chip.readSecurity()[0] ?? 0) === 0 ? WORDS.locked : WORDS.wrongCode;
}

const HANDLERS = new Map<number, Handler>([
  [0x5030, cardType],
  [0x5130, coldReset],
  [0x5138, coldReset],
  [0x5131, off],
  [0x5133, exchange('T0')],
  [0x5134, exchange('T1')],
  [0x5139, exchange(undefined)],
  [0x5330, memoryReset],
  [0x5331, off],
  [0x5333, memory],
]);
