import type { PullWhen } from './slot.ts';

const READ_BINARY = 0xb0;
const UPDATE_BINARY = 0xd6;
/** Around the file's bytes in a sealed write: header and length before, the seal behind. */
const HEADER = 5;
const SEAL = 4;

/** The card is pulled while one of its files is read. */
export const whileRead: PullWhen = ([, instruction]) => (instruction === READ_BINARY ? 0 : undefined);

/** The card is pulled after so many bytes were written to it, counted over all files; at a file's end its answer is lost. */
export function afterWritten(bytes: number): PullWhen {
  let written = 0;
  return (apdu) => {
    if (apdu[1] !== UPDATE_BINARY) return undefined;
    const before = written;
    written += apdu.length - HEADER - SEAL;
    return bytes <= written ? bytes - before : undefined;
  };
}
