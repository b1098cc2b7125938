import { createHash } from 'node:crypto';
import { FILES, type FileName, type LayoutName } from './meter-files.ts';

/**
 * The issuer of the simulated cards, with keys of our own making: what a grid's encryption machine computes. Real keys never
 * come near a station, so that nothing here need be like them but in shape: who has not the key can't make the answer.
 */
const digest = (...parts: string[]) =>
  createHash('sha256')
    .update(`yizhan test issuer ${parts.join(' ')}`)
    .digest('hex')
    .toUpperCase();

/** The answer to a card's challenge (16 hex digits) that opens it for writing. */
export const authorizationOf = (serial: string, challenge: string): string =>
  digest('authorization', serial, challenge).slice(0, 16);

/** The seal (8 hex digits) over the challenge, the command's header and the data. */
export const sealOf = (serial: string, challenge: string, header: Uint8Array, data: Uint8Array): string =>
  digest(
    'seal',
    serial,
    challenge,
    Buffer.from(header).toString('hex'),
    Buffer.from(data).toString('hex'),
  ).slice(0, 8);

/** The header of the sealed write of a file: class, instruction, file, offset, and the length with the seal's four bytes. */
export const headerOf = (layout: LayoutName, file: FileName, dataLength: number): Uint8Array =>
  Uint8Array.of(0x04, 0xd6, 0x80 | FILES[layout][file].id, 0, dataLength + 4);
