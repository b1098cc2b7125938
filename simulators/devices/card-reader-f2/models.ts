/** What differs between the emulated readers of the family, from their papers: never looked up in the driver's table. */
export interface F2Model {
  name: string;
  /** A unit's number behind the start byte: several readers share a serial line. */
  address: number | undefined;
  /** What is said travels in reports of so many bytes, filled up with zeros; else as a stream of bytes. */
  reportBytes: number | undefined;
  /** Motor and gate; or the customer's hand, and a latch that holds the card. */
  keeps: 'motor' | 'latch';
  /** EOT makes it give a command up, and is confirmed. */
  cancels: boolean;
  /** Parameters of the reset (30), and what is done with a card that is in. */
  resets: { readonly [parameter: number]: 'give' | 'capture' | 'leave' | 'lock' | 'unlock' };
  /** The supplies that a cold reset may name; the first where it names none. */
  supplies: readonly number[];
}

export const F2_MODELS = {
  /** Serial, autobaud at the first command, address by a switch. */
  'crt-591': {
    name: 'CRT-591-M001',
    address: 0,
    reportBytes: undefined,
    keeps: 'motor',
    cancels: true,
    resets: { 48: 'give', 49: 'capture', 51: 'leave', 52: 'give', 53: 'capture', 55: 'leave' },
    supplies: [0x30, 0x33, 0x35],
  },
  /** USB HID 23D8:0285. */
  'crt-288k': {
    name: 'CRT-288K',
    address: undefined,
    reportBytes: 64,
    keeps: 'latch',
    cancels: false,
    resets: { 48: 'lock', 49: 'unlock' },
    supplies: [0x30],
  },
} as const satisfies Record<string, F2Model>;

export type F2ModelName = keyof typeof F2_MODELS;
