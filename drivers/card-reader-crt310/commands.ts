/** The commands that the driver uses, byte by byte, and what their answers say. */

export interface Command {
  /** Command, parameter, data. */
  body: readonly number[];
  /** How long the answer may take after the enquiry, in ms. */
  answerMs: number;
}

/** What became of a command. `data` begins behind the echo of command and parameter. */
export type Answer = { data: Uint8Array } | { refused: number } | { silent: string };

const ANSWER_MS = 5_000;
const MOVE_MS = 10_000;
/** Short, so that two seconds hold for the poll before it, three repeats and this one (CRD-007). */
const STATUS_MS = 500;

const command = (...body: number[]): Command => ({ body, answerMs: ANSWER_MS });
const move = (to: number): Command => ({ body: [0x32, to], answerMs: MOVE_MS });

/** Without moving a card that lies inside. Answered with the version. */
export const RESET: Command = { body: [0x30, 0x30], answerMs: MOVE_MS };
/** Harmless. Short, as it may come before a status. */
export const SERIAL_NUMBER: Command = { body: [0x30, 0x3a], answerMs: STATUS_MS };
/** Cards come in at the front by the switch, none at the rear. */
export const LET_CARDS_IN = command(0x2f, 0x33, 0x31);
/** A card that comes in stops inside; its contacts are pressed down only when it is read. */
export const STOP_INSIDE = command(0x2e, 0x32);
export const STATUS: Command = { body: [0x31, 0x30], answerMs: STATUS_MS };
export const CARD_TYPE = command(0x31, 0x31);
export const MOVE_TO_CONTACTS = move(0x2f);
export const MOVE_OUT = move(0x30);
export const POWER_ON = command(0x33, 0x30);
export const POWER_OFF = command(0x33, 0x31);
export const COLD_RESET = command(0x37, 0x30);
export const MEMORY_RESET = command(0x38, 0x30);

/** Chip protocols, by the byte that answers a reset. */
export const T0 = 0x59;
export const T1 = 0x5a;

/** The longest command to a card, bytes. */
export const MAX_APDU = 262;
/** The longest piece of a memory card that is read at once, bytes. */
export const MEMORY_BLOCK = 128;

export const apdu = (protocol: typeof T0 | typeof T1, bytes: Uint8Array): Command =>
  command(0x37, protocol === T0 ? 0x31 : 0x32, bytes.length >> 8, bytes.length & 0xff, ...bytes);

export const readMain = (address: number, length: number): Command => command(0x38, 0x31, address, length);

/** The first byte of most answers. */
export const DONE = 0x59;
export const NO_CARD = 0x45;
export const WRONG_POSITION = 0x57;

/** Errors of a refusal that are not about the command. */
export const LOW_VOLTAGE = 0x05;
export const ABNORMAL_CARD = 0x06;
export const MAIN_POWER_OFF = 0x07;

/** Two bytes of length and as many bytes behind them; `undefined` where that is not what there is. */
export function counted(bytes: Uint8Array): Uint8Array | undefined {
  const [high = 0, low = 0] = bytes;
  return bytes.length >= 2 && bytes.length === 2 + ((high << 8) | low) ? bytes.subarray(2) : undefined;
}

/** What the answer to a body says where it is one at all: its echo must be right. A refusal repeats the command only. */
export function answerTo(command: Command, body: Uint8Array): Answer | undefined {
  const [first, second, third] = body;
  const [cm, pm] = command.body;
  if (first === cm && second === pm) return { data: body.subarray(2) };
  if (first === 0x4e && second === cm && third !== undefined && body.length === 3) return { refused: third };
  return undefined;
}
