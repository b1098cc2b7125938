import fc from 'fast-check';
import { expect, it } from 'vitest';
import { externalAuthenticate, readBinary, select, updateSealed } from '../../../drivers/card-reader/apdu.ts';
import { ask, type Sequence } from '../../../drivers/card-reader/exchange.ts';
import type { ReaderReply } from '../../../drivers/card-reader/reader.ts';
import { hex } from './test-card.ts';

const text = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex').toUpperCase();

/** Runs a sequence against answers in their order; what was asked, and how it ended. */
function play<T>(sequence: Sequence<T>, answers: (string | ReaderReply)[]) {
  const asked: string[] = [];
  let next = sequence.next();
  while (!next.done) {
    if (next.value.do === 'transmit') asked.push(text(next.value.apdu));
    const answer = answers.shift();
    if (answer === undefined) throw new Error(`no answer for ${asked.at(-1)}`);
    next = sequence.next(typeof answer === 'string' ? { ok: 'answer', bytes: hex(answer) } : answer);
  }
  return { asked, end: next.value };
}

it('DEV-02 the commands of a purchase card, byte for byte', () => {
  expect(text(select(0x3f00))).toBe('00A40000023F00');
  expect(text(select(0xdf01))).toBe('00A4000002DF01');
  expect(text(readBinary(0x19, 8, 1))).toBe('00B0990108');
  expect(text(readBinary(0x05, 49))).toBe('00B0850031');
  expect(text(externalAuthenticate(hex('0011223344556677')))).toBe('00820002080011223344556677');
  expect(text(updateSealed(2, hex('0000271000000008'), hex('AABBCCDD')))).toBe(
    '04D682000C0000271000000008AABBCCDD',
  );
});

it('DEV-02 61xx: what the card has ready is fetched, and joined to what came before', () => {
  const { asked, end } = play(ask('files', readBinary(1, 4)), ['01026102', '03049000']);
  expect(asked).toEqual(['00B0810004', '00C0000002']);
  expect(end).toEqual(hex('01020304'));
});

it('DEV-02 6Cxx: the reading is repeated with the length that the card names', () => {
  const { asked, end } = play(ask('files', readBinary(1, 0)), ['6C02', '01029000']);
  expect(asked).toEqual(['00B0810000', '00B0810002']);
  expect(end).toEqual(hex('0102'));
});

it('DEV-02 CRD-003 6Cxx to a write is an answer like any other: a write is never sent twice', () => {
  const { asked, end } = play(ask('write', updateSealed(2, hex('01'), hex('AABBCCDD'))), ['6C02']);
  expect(asked).toHaveLength(1);
  expect(end).toMatchObject({ cause: 0x6c02, maybeDone: true });
});

it('DEV-02 an answer without a status word, or one that never ends, is a chip that can’t be talked to', () => {
  expect(play(ask('files', readBinary(1, 4)), ['90']).end).toMatchObject({ cause: 'mute' });
  expect(play(ask('files', readBinary(1, 4)), Array(8).fill('6101')).end).toMatchObject({ cause: 'mute' });
});

it.each([
  ['refused', false, false],
  ['noCard', false, false],
  ['refused', true, true],
  ['noCard', true, true],
  ['silent', false, true],
  ['hardware', false, true],
  ['mute', false, true],
  ['jammed', false, true],
] as const)('CRD-003 %s with sent %s: maybe done is %s', (why, sent, maybeDone) => {
  const reply: ReaderReply = { failed: { why, sent }, detail: '' };
  expect(play(ask('write', readBinary(1, 4)), [reply]).end).toMatchObject({ cause: why, maybeDone });
  // After a first round the card has the command, whatever the second one says.
  expect(play(ask('write', readBinary(1, 4)), ['6102', reply]).end).toMatchObject({ maybeDone: true });
});

it('DEV-02 any answers end the exchange, with the data of a 9000 or with a reason', () => {
  const answer = fc.uint8Array({ maxLength: 6 }).map(text);
  const chained = fc.constantFrom('6102', '0161FF', '6C10', '9000', '01029000');
  fc.assert(
    fc.property(fc.array(fc.oneof(answer, chained), { minLength: 8, maxLength: 8 }), (answers) => {
      const { end, asked } = play(ask('files', readBinary(1, 4)), [...answers]);
      expect(asked.length).toBeLessThanOrEqual(8);
      const last = answers[asked.length - 1] ?? '';
      expect(end instanceof Uint8Array).toBe(last.endsWith('9000') && last.length % 2 === 0);
    }),
  );
});
