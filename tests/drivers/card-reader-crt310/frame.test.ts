import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  apdu,
  COLD_RESET,
  type Command,
  MOVE_TO_CONTACTS,
  readMain,
  STATUS,
  T0,
} from '../../../drivers/card-reader-crt310/commands.ts';
import { type Arrival, createParser, frameOf } from '../../../drivers/card-reader-crt310/frame.ts';
import { frame } from '../../../simulators/devices/card-reader-crt310/codec.ts';
import { hex, textOf } from '../card-reader/test-card.ts';

const sent = ({ body }: Command) => textOf(frameOf(body));

describe('DEV-02 the frames of CRT-310', () => {
  it.each([
    ['status', STATUS, '02000231300302'],
    ['move to the contacts', MOVE_TO_CONTACTS, '020002322F031E'],
    ['cold reset', COLD_RESET, '02000237300304'],
    ['SELECT MF', apdu(T0, hex('00A40000023F00')), '02000B3731000700A40000023F000392'],
    ['128 bytes of a memory card from 0', readMain(0, 128), '02000438310080038C'],
  ])('%s byte for byte', (_, command, bytes) => {
    expect(sent(command)).toBe(bytes);
  });

  it.each([
    ['no card', '02000531304E4A4A034B', '31304E4A4A'],
    ['a card on the contacts', '02000531304B4A4A034E', '31304B4A4A'],
  ])('a status answer: %s', (_, bytes, body) => {
    expect(createParser().push(hex(bytes))).toEqual([{ kind: 'frame', body: hex(body) }]);
  });

  it('the longest frame is whole, and a longer one is none', () => {
    const longest = frameOf([0x37, 0x31, ...new Array(264).fill(0x02)]);
    expect(createParser().push(longest)).toMatchObject([{ kind: 'frame' }]);
    const parser = createParser();
    expect(parser.push(Uint8Array.of(0x02, 0x01, 0x0b, 0x06))).toEqual([{ kind: 'control', byte: 0x06 }]);
    expect(parser.isHolding()).toBe(false);
  });

  it('a byte of noise that looks like a start does not hide the frame behind it', () => {
    const frame = hex('02000531304E4A4A034B');
    for (const noise of ['02', '0202', '02FF', '022002'])
      expect(
        createParser()
          .push(Uint8Array.of(...hex(noise), ...frame))
          .at(-1),
      ).toMatchObject({ kind: 'frame' });
  });

  it('a sound check over a wrong end is no frame', () => {
    const frame = hex('02000531304E4A4A034B');
    frame[8] = 0x07;
    frame[9] = 0x4f;
    expect(createParser().push(frame)).toEqual([{ kind: 'spoilt' }]);
  });

  it('a frame with a wrong end or check is told as spoilt, whole', () => {
    const good = frameOf([0x31, 0x30, 0x4e]);
    for (let i = 3; i < good.length; i++) {
      const bad = good.map((byte, at) => (at === i ? byte ^ 0x40 : byte));
      expect(createParser().push(bad)).toEqual([{ kind: 'spoilt' }]);
    }
  });
});

const bodies = fc.uint8Array({ minLength: 2, maxLength: 266 });
const arrivals = fc.array(
  fc.oneof(
    bodies.map((body): Arrival => ({ kind: 'frame', body })),
    fc.constantFrom(0x06, 0x15, 0x04).map((byte): Arrival => ({ kind: 'control', byte }) as Arrival),
  ),
  { minLength: 1, maxLength: 6 },
);
const bytesOf = (arrival: Arrival): number[] =>
  arrival.kind === 'frame' ? [...frame([...arrival.body])] : arrival.kind === 'control' ? [arrival.byte] : [];

function cut(bytes: readonly number[], sizes: readonly number[]): Uint8Array[] {
  const chunks: Uint8Array[] = [];
  for (let at = 0, i = 0; at < bytes.length; i++) {
    const size = sizes[i % sizes.length] ?? 1;
    chunks.push(Uint8Array.from(bytes.slice(at, at + size)));
    at += size;
  }
  return chunks;
}

const sizes = fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 6 });
/** A body that no frame could begin in: so a spoilt start can only swallow, never invent. */
const plain = fc
  .array(fc.integer({ min: 0x30, max: 0x7f }), { minLength: 2, maxLength: 20 })
  .map((body) => [...frame(body)]);

describe('the parser', () => {
  it('any chunking gives the same arrivals', () => {
    fc.assert(
      fc.property(arrivals, sizes, (wanted, chunks) => {
        const parser = createParser();
        const got = cut(wanted.flatMap(bytesOf), chunks).flatMap((chunk) => parser.push(chunk));
        expect(got).toEqual(wanted);
        expect(parser.isHolding()).toBe(false);
      }),
    );
  });

  it('after any garbage a frame is found again, at the latest when as many bytes have passed as the longest frame has', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), plain, sizes, (garbage, good, chunks) => {
        const parser = createParser();
        parser.push(garbage);
        // Enough of them to be swallowed by whatever the garbage looked like the head of.
        const stream = Array.from({ length: 60 }, () => good).flat();
        const got = cut(stream, chunks).flatMap((chunk) => parser.push(chunk));
        const last = got.at(-1);
        expect(last).toEqual({ kind: 'frame', body: Uint8Array.from(good.slice(3, -2)) });
      }),
    );
  });

  it('what it says of garbage has the check of a frame', () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 80 }), { maxLength: 10 }), (chunks) => {
        const parser = createParser();
        for (const arrival of chunks.flatMap((chunk) => parser.push(chunk))) {
          if (arrival.kind !== 'frame') continue;
          const bytes = Buffer.from(frame([...arrival.body])).toString('latin1');
          expect(Buffer.concat(chunks).toString('latin1')).toContain(bytes);
        }
      }),
    );
  });

  it('it never holds more than one frame of bytes', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(0x02, 0x00, 0x01, 0x0a, 0xff), { minLength: 271 }), (bytes) => {
        const parser = createParser();
        parser.push(Uint8Array.from(bytes));
        // One whole frame more than it can hold has to bring something out, or leave nothing behind.
        const more = parser.push(new Uint8Array(271));
        expect(more.length > 0 || !parser.isHolding()).toBe(true);
      }),
    );
  });
});
