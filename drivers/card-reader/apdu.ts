/** The commands to a purchase card's chip (ISO 7816-4), as the reader passes them on. Offsets and lengths in bytes. */

export const MASTER_FILE = 0x3f00;
/** Where the power company's files lie. */
export const POWER_APPLICATION = 0xdf01;

/** Identifier of the external key in the power application. */
const EXTERNAL_KEY = 0x02;
const SEAL_BYTES = 4;

export function select(fileId: number): Uint8Array {
  return Uint8Array.of(0x00, 0xa4, 0x00, 0x00, 0x02, fileId >> 8, fileId & 0xff);
}

/** Reads a file by its short identifier. `length` 1 to 255. */
export function readBinary(shortId: number, length: number, offset = 0): Uint8Array {
  return Uint8Array.of(0x00, 0xb0, 0x80 | shortId, offset, length);
}

/** Asks for 8 random bytes, which belong to this session. */
export function getChallenge(): Uint8Array {
  return Uint8Array.of(0x00, 0x84, 0x00, 0x00, 0x08);
}

export function externalAuthenticate(cryptogram: Uint8Array): Uint8Array {
  return Uint8Array.of(0x00, 0x82, 0x00, EXTERNAL_KEY, cryptogram.length, ...cryptogram);
}

/** Writes a whole file from its first byte, sealed: the seal follows the data and is counted in the length. */
export function updateSealed(shortId: number, data: Uint8Array, seal: Uint8Array): Uint8Array {
  return Uint8Array.of(0x04, 0xd6, 0x80 | shortId, 0x00, data.length + SEAL_BYTES, ...data, ...seal);
}

/** Fetches what a card has ready after 61xx; 0 stands for 256 bytes. */
export function getResponse(length: number): Uint8Array {
  return Uint8Array.of(0x00, 0xc0, 0x00, 0x00, length);
}

/** The same reading once more with the length that the card named by 6Cxx. */
export function withLength(apdu: Uint8Array, length: number): Uint8Array {
  return Uint8Array.of(...apdu.subarray(0, 4), length);
}

/** A command without data, whose fifth byte is the length it expects: the only one that 6Cxx says something about. */
export const onlyExpects = (apdu: Uint8Array) => apdu.length === 5;

/** Data and status word of an answer; `undefined` where it is too short for one. */
export function answerOf(bytes: Uint8Array): { data: Uint8Array; statusWord: number } | undefined {
  const [high, low] = bytes.subarray(-2);
  if (high === undefined || low === undefined) return undefined;
  return { data: bytes.subarray(0, -2), statusWord: (high << 8) | low };
}
