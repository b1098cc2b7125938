import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type Command,
  cardCommand,
  coldReset,
  reset,
  STATUS,
  textOf as textOfCommand,
} from '../../../drivers/card-reader-f2/commands.ts';
import { createFrames, frameOf, type LineEvent } from '../../../drivers/card-reader-f2/frame.ts';
import { MODELS } from '../../../drivers/card-reader-f2/models.ts';
import { createEar, frame } from '../../../simulators/devices/card-reader-f2/codec.ts';
import { hex, textOf } from '../card-reader/test-card.ts';

const serial = MODELS['crt-591'];
const hid = MODELS['crt-288k'];
const sent = (command: Command, model: { hasAddress: boolean }) =>
  textOf(frameOf(textOfCommand(command), model));

describe('DEV-02 the frames of the F2 family, byte for byte', () => {
  it.each([
    ['reset, the card stays', reset(0x33), serial, 'F2000003433033 03B2'],
    ['status', STATUS, serial, 'F2000003433130 03B0'],
    ['status of the HID reader', STATUS, hid, 'F20003433130 03B0'],
    ['cold reset at 5 V', coldReset(0x33), serial, 'F200000443513033 03E4'],
  ] as const)('%s', (_, command, model, bytes) => {
    expect(sent(command, model)).toBe(bytes.replace(' ', ''));
  });

  it('a command to the card stands in it as it is, and the emulator hears the same', () => {
    const apdu = hex('00A40000023F00');
    for (const [model, address] of [
      [serial, 0],
      [hid, undefined],
    ] as const) {
      const bytes = frameOf(textOfCommand(cardCommand('T=0', apdu)), model);
      expect(createEar(address)(bytes)).toEqual([
        { what: 'command', body: Uint8Array.of(0x51, 0x33, ...apdu) },
      ]);
    }
  });

  it.each([
    ['serial', 'F200000A43513900A40000023F000349', 0],
    ['HID', 'F2000A43513900A40000023F000349', undefined],
  ] as const)('the paper’s own command to a card, %s', (_, bytes, address) => {
    const text = [0x43, 0x51, 0x39, ...hex('00A40000023F00')];
    expect(textOf(frame(text, address))).toBe(bytes);
  });
});

const texts = fc.uint8Array({ minLength: 1, maxLength: 300 });
const events = fc.array(
  fc.oneof(
    texts.map((text): LineEvent => ({ kind: 'text', text })),
    fc.constantFrom('ack', 'nak', 'cancelled').map((kind): LineEvent => ({ kind }) as LineEvent),
  ),
  { minLength: 1, maxLength: 6 },
);
const SIGNS = { ack: 0x06, nak: 0x15, cancelled: 0x04 };
const sizes = fc.array(fc.integer({ min: 1, max: 80 }), { minLength: 1, maxLength: 6 });

function cut(bytes: readonly number[], sizes: readonly number[]): Uint8Array[] {
  const chunks: Uint8Array[] = [];
  for (let at = 0, i = 0; at < bytes.length; i++) {
    const size = sizes[i % sizes.length] ?? 1;
    chunks.push(Uint8Array.from(bytes.slice(at, at + size)));
    at += size;
  }
  return chunks;
}

describe.each([
  ['serial', serial, 0],
  ['HID', hid, undefined],
] as const)('the parser, %s', (_, model, address) => {
  const bytesOf = (event: LineEvent): number[] => {
    if (event.kind === 'text') return [...frame([...event.text], address)];
    return event.kind === 'broken' ? [] : [SIGNS[event.kind]];
  };

  it('any chunking gives the same events, and zeros between frames are passed over', () => {
    fc.assert(
      fc.property(events, sizes, fc.integer({ min: 0, max: 63 }), (wanted, chunks, zeros) => {
        const frames = createFrames(model);
        const bytes = wanted.flatMap((event) => [...bytesOf(event), ...Array<number>(zeros).fill(0)]);
        expect(cut(bytes, chunks).flatMap(frames.push)).toEqual(wanted);
        expect(frames.isPartial()).toBe(false);
      }),
    );
  });

  it('a frame with one byte changed is never taken for another text', () => {
    fc.assert(
      fc.property(texts, fc.nat(), fc.integer({ min: 1, max: 255 }), (text, at, flip) => {
        const bytes = [...frame([...text], address)];
        const place = 1 + (at % (bytes.length - 1));
        bytes[place] = (bytes[place] ?? 0) ^ flip;
        const heard = createFrames(model).push(Uint8Array.from(bytes));
        expect(heard.filter(({ kind }) => kind === 'text')).toEqual([]);
      }),
    );
  });

  it('behind a spoiled frame nothing is believed until the line was cleared; then a frame is found at once', () => {
    const frames = createFrames(model);
    const good = frame([0x50, 0x31, 0x30], address);
    const bad = good.map((byte, i) => (i === good.length - 1 ? byte ^ 1 : byte));
    expect(frames.push(bad)).toEqual([{ kind: 'broken' }]);
    expect(frames.push(good)).toEqual([]);
    frames.clear();
    expect(frames.push(good)).toMatchObject([{ kind: 'text' }]);
  });

  it('a frame without its end byte is spoiled, although its check is right', () => {
    const bytes = [...frame([0x50, 0x31, 0x30], address)];
    for (const at of [bytes.length - 2, bytes.length - 1]) bytes[at] = (bytes[at] ?? 0) ^ 0x01;
    expect(createFrames(model).push(Uint8Array.from(bytes))).toEqual([{ kind: 'broken' }]);
  });

  it('a length that no frame has is spoiled at once: nothing is waited for or kept', () => {
    const head = address === undefined ? [0xf2] : [0xf2, address];
    const frames = createFrames(model);
    expect(frames.push(Uint8Array.of(...head, 0xff, 0xff))).toEqual([{ kind: 'broken' }]);
    expect(frames.isPartial()).toBe(false);
  });
});

it('another unit’s frame on a shared serial line is no text for this host', () => {
  expect(createFrames(serial).push(frame([0x50, 0x31, 0x30], 3))).toEqual([{ kind: 'broken' }]);
});
