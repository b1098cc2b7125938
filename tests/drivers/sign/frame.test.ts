import fc from 'fast-check';
import { expect, it } from 'vitest';
import { createAnswers, request } from '../../../drivers/sign/frame.ts';

it('a request is whole, numbered and checked', () => {
  expect([...request(0, 'query', new Uint8Array())]).toEqual([0x02, 0x30, 0x51, 0x03, 0x30 ^ 0x51 ^ 0x03]);
  expect(request(13, 'text', Uint8Array.of(0x41))[1]).toBe(0x33);
});

it('answers are the same in whatever pieces they come', () => {
  const bytes = fc.uint8Array({ maxLength: 30 });
  fc.assert(
    fc.property(bytes, fc.array(fc.integer({ min: 1, max: 5 })), (stream, cuts) => {
      const read = (chunks: Uint8Array[]) => {
        const answers = createAnswers();
        return chunks.flatMap((chunk) => answers.push(chunk)).map(({ taken, to }) => [taken, to(3)]);
      };
      const chunks: Uint8Array[] = [];
      let from = 0;
      for (const length of cuts) {
        chunks.push(stream.subarray(from, from + length));
        from += length;
      }
      chunks.push(stream.subarray(from));
      expect(read(chunks)).toEqual(read([stream]));
    }),
  );
});

it('an answer is one to its own number only', () => {
  const [answer] = createAnswers().push(Uint8Array.of(0xff, 0x15, 0x06, 0x34));
  expect([answer?.taken, answer?.to(4), answer?.to(14), answer?.to(5)]).toEqual([true, true, true, false]);
});
