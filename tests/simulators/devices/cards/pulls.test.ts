import { describe, expect, it } from 'vitest';
import { afterWritten, whileRead } from '../../../../simulators/devices/cards/pulls.ts';

const select = Uint8Array.of(0x00, 0xa4, 0x00, 0x00, 0x02, 0xdf, 0x01);
const read = Uint8Array.of(0x00, 0xb0, 0x81, 0x00, 0x2d);
/** A sealed write of so many bytes. */
const write = (bytes: number) =>
  Uint8Array.of(0x04, 0xd6, 0x85, 0x00, bytes + 4, ...new Uint8Array(bytes + 4));

describe('when a card is pulled', () => {
  it('while it is read: at the first file, before anything of it is known', () => {
    expect([select, read].map((apdu) => whileRead(apdu))).toEqual([undefined, 0]);
  });

  it('after so many bytes, counted over the files; at a file’s end all of it is there', () => {
    for (const [bytes, expected] of [
      [0, [0]],
      [49, [49]],
      [50, [undefined, 1]],
      [94, [undefined, 45]],
      [95, [undefined, undefined, 1]],
      [102, [undefined, undefined, 8]],
      [103, [undefined, undefined, undefined]],
    ] as const) {
      const when = afterWritten(bytes);
      expect(when(select)).toBeUndefined();
      expect(when(read)).toBeUndefined();
      const files = [49, 45, 8].slice(0, expected.length).map((length) => when(write(length)));
      expect(files, String(bytes)).toEqual(expected);
    }
  });
});
