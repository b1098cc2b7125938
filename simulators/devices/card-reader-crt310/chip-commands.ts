import type { MemoryChip } from '../cards/chip.ts';
import { BAD_DATA, type Handler } from './answers.ts';
import { DONE, FAILED, type Mechanism, NO_CARD } from './mechanism.ts';

/** The commands that go through the contacts: power, what kind of card it is, processor, SLE4442. */
export function chipCommand(command: number, parameter: number): Handler | undefined {
  return HANDLERS.get((command << 8) | parameter);
}

/** What the answer to a reset names for the two protocols. */
const NAMES = { T0: 0x59, T1: 0x5a } as const;
const MOST_APDU = 262;
/** A memory card is read in pieces of at most so many bytes. */
const MOST_READ = 0x80;

/** Only where a card lies on the contacts. */
const onContacts =
  (handler: Handler): Handler =>
  (data, context) => {
    const obstacle = context.mechanism.obstacle();
    return obstacle === undefined ? handler(data, context) : [obstacle];
  };

const powerOn = onContacts((_, { mechanism }) => {
  mechanism.state.isOn = true;
  return [DONE];
});

const powerOff = onContacts((_, { mechanism }) => {
  mechanism.off();
  return [DONE];
});

const characters = (type: string) => [type.charCodeAt(0), type.charCodeAt(1)];

/** It finds out by a reset of its own, after which the chip is without power again. */
const cardType: Handler = (_, { mechanism }) => {
  const { slot, state } = mechanism;
  if (!slot.card) return characters('N0');
  if (slot.position !== 'contacts') return characters('N2');
  const { isOn } = state;
  state.isOn = true;
  const answer = mechanism.reset();
  const kind = slot.card.chip?.kind;
  mechanism.off();
  state.isOn = isOn;
  if (answer.length === 0) return characters('N1');
  if (kind === 'sle4442') return characters('30');
  return characters(protocolOf(answer) === 'T1' ? '11' : '10');
};

const resetProcessor = onContacts((_, { mechanism }) => {
  const { slot, state } = mechanism;
  state.chip = 'none';
  const answer = slot.card?.chip?.kind === 'cpu' ? mechanism.reset() : new Uint8Array();
  if (answer.length === 0) return [FAILED];
  state.chip = protocolOf(answer);
  return [NAMES[state.chip], ...counted(answer)];
});

/** The first protocol that an answer to reset offers (ISO 7816-3): T=0 where it names none. */
function protocolOf(answer: Uint8Array): 'T0' | 'T1' {
  const follow = (answer[1] ?? 0) >> 4;
  if ((follow & 0x8) === 0) return 'T0';
  const at = 2 + [0x1, 0x2, 0x4].filter((bit) => follow & bit).length;
  return ((answer[at] ?? 0) & 0xf) === 1 ? 'T1' : 'T0';
}

const counted = (bytes: Uint8Array) => [bytes.length >> 8, bytes.length & 0xff, ...bytes];

const exchange = (protocol: 'T0' | 'T1'): Handler =>
  onContacts(([high = 0, low = 0, ...bytes], { mechanism, personality }) => {
    if (bytes.length !== high * 256 + low || bytes.length === 0 || bytes.length > MOST_APDU)
      return { refuse: BAD_DATA };
    if (mechanism.state.chip !== protocol) return [FAILED];
    const apdu = Uint8Array.from(bytes);
    const answer = personality.fetches ? fetchAll(mechanism, apdu) : mechanism.slot.transmit(apdu);
    if (answer) return [DONE, ...counted(answer)];
    return [mechanism.slot.card ? FAILED : NO_CARD];
  });

/** The T=0 work that a reader may do by itself: 61xx is fetched, 6Cxx is repeated. */
function fetchAll({ slot }: Mechanism, apdu: Uint8Array): Uint8Array | undefined {
  const answer = slot.transmit(apdu);
  const [first, second = 0] = answer?.subarray(-2) ?? [];
  if (first === 0x61) return slot.transmit(Uint8Array.of(0x00, 0xc0, 0x00, 0x00, second));
  if (first === 0x6c && apdu.length === 5)
    return slot.transmit(Uint8Array.of(...apdu.subarray(0, 4), second));
  return answer;
}

const resetMemory = onContacts((_, { mechanism }) => {
  const { slot, state } = mechanism;
  state.chip = 'none';
  const answer = slot.card?.chip?.kind === 'sle4442' ? mechanism.reset() : new Uint8Array();
  if (answer.length === 0) return [FAILED];
  state.chip = 'sle4442';
  return [DONE, ...answer];
});

/** Only of a memory card that has been reset. */
const onMemory = (
  run: (chip: MemoryChip, data: readonly number[]) => readonly number[] | { refuse: number },
) =>
  onContacts((data, { mechanism }) => {
    const chip = mechanism.slot.card?.chip;
    if (mechanism.state.chip !== 'sle4442' || chip?.kind !== 'sle4442') return [FAILED];
    return run(chip, data);
  });

const status = (isDone: boolean) => (isDone ? DONE : FAILED);

const readMain = onMemory((chip, [address = 0, length = 0]) => {
  if (length === 0 || length > MOST_READ || address + length > 256) return { refuse: BAD_DATA };
  return [DONE, address, length, ...chip.readMain(address, length)];
});

const code = (run: (chip: MemoryChip, code: Uint8Array) => boolean) =>
  onMemory((chip, data) =>
    data.length === 3 ? [status(run(chip, Uint8Array.from(data)))] : { refuse: BAD_DATA },
  );

const writing = (run: (chip: MemoryChip, address: number, data: Uint8Array) => boolean) =>
  onMemory((chip, [address = 0, length = 0, ...bytes]) => {
    if (bytes.length !== length || length === 0 || address + length > 256) return { refuse: BAD_DATA };
    return [status(run(chip, address, Uint8Array.from(bytes))), address, length];
  });

const HANDLERS = new Map<number, Handler>([
  [0x3131, cardType],
  [0x3330, powerOn],
  [0x3331, powerOff],
  [0x3730, resetProcessor],
  [0x372f, resetProcessor],
  [0x3731, exchange('T0')],
  [0x3732, exchange('T1')],
  [0x3830, resetMemory],
  [0x3831, readMain],
  [0x3832, onMemory((chip) => [DONE, ...chip.readProtection()])],
  [0x3833, onMemory((chip) => [DONE, ...chip.readSecurity()])],
  [0x3834, code((chip, given) => chip.verify(given))],
  [0x3835, writing((chip, address, data) => chip.writeMain(address, data))],
  [0x3836, writing((chip, address, data) => chip.protect(address, data))],
  [0x3837, code((chip, given) => chip.changeCode(given))],
]);
