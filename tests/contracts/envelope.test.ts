import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decode, type Envelope, encode, MAX_BYTES } from '../../contracts/envelope.ts';

const text = fc
  .string({ minLength: 1, maxLength: 120, unit: 'grapheme' })
  .filter((t) => [...t].length <= 256);
const time = fc.integer({ min: Date.UTC(1970, 0, 1), max: Date.UTC(9999, 11, 31) });
const envelope: fc.Arbitrary<Envelope> = fc.record(
  {
    id: text,
    source: text,
    type: text,
    time,
    correlation: text,
    causation: text,
    key: text,
    expiry: time,
    attempt: fc.integer({ min: 1, max: Number.MAX_SAFE_INTEGER }),
    data: fc.dictionary(fc.string(), fc.jsonValue()),
  },
  { requiredKeys: ['id', 'source', 'type', 'time', 'data'] },
);

/** A whole message as a partner writes it, to be changed in one place. */
const WIRE = {
  specversion: '1.0',
  id: 'm-1',
  source: 'platform',
  type: 'yizhan.carrier.perform',
  time: '2026-11-23T13:00:00.000Z',
  datacontenttype: 'application/json',
  correlationid: 'T1',
  causationid: 'm-0',
  idempotencykey: 'T1.1',
  expirytime: '2026-11-23T13:01:00.000Z',
  attempt: 1,
  data: { account: '13808001234', amountFen: 5_000 },
};
const bytes = (value: unknown) => Buffer.from(JSON.stringify(value));
const whyOf = (payload: Uint8Array | string) => {
  const read = decode(payload);
  return read.ok ? 'taken' : read.why;
};

describe('ENV-001 one CloudEvents event in JSON', () => {
  it('ENV-001 ENV-002 is read back as it was written', () => {
    fc.assert(
      fc.property(envelope, (said) => {
        const written = encode(said);
        // What JSON can say comes back; it knows no -0.
        const same = { ok: true, envelope: { ...said, data: JSON.parse(JSON.stringify(said.data)) } };
        expect(decode(written)).toEqual(same);
        expect(decode(Buffer.from(written))).toEqual(same);
      }),
      { numRuns: 500 },
    );
  });

  it('ENV-001 ENV-002 stands on the wire under the names of CloudEvents', () => {
    const said: Envelope = {
      id: 'm-1',
      source: 'platform',
      type: 'yizhan.carrier.perform',
      time: Date.parse(WIRE.time),
      correlation: 'T1',
      causation: 'm-0',
      key: 'T1.1',
      expiry: Date.parse(WIRE.expirytime),
      attempt: 1,
      data: WIRE.data,
    };
    expect(JSON.parse(encode(said))).toEqual(WIRE);
    expect(decode(bytes(WIRE))).toEqual({ ok: true, envelope: said });
  });

  it('ENV-007 every truncation is refused with a reason, and without an id that was not read', () => {
    const whole = bytes({ ...WIRE, data: { name: '李晓梅' } });
    for (let length = 0; length < whole.length; length++)
      expect(decode(whole.subarray(0, length)), `${length} bytes`).toEqual({
        ok: false,
        why: 'not JSON in UTF-8',
      });
  });

  it('ENV-007 no bytes whatever make it throw', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (garbage) => {
        expect(whyOf(garbage)).toMatch(/./);
      }),
    );
  });

  it('ENV-007 a message with a byte changed anywhere is read, or refused with a reason', () => {
    const whole = bytes(WIRE);
    fc.assert(
      fc.property(fc.nat({ max: whole.length - 1 }), fc.integer({ min: 0, max: 255 }), (at, value) => {
        const damaged = Uint8Array.from(whole);
        damaged[at] = value;
        const read = decode(damaged);
        if (read.ok) expect(decode(encode(read.envelope))).toEqual(read);
        else expect(read.why).not.toBe('');
      }),
      { numRuns: 1_000 },
    );
  });

  it.each([
    ['a lone continuation byte', Buffer.concat([Buffer.from('{"id":"'), Buffer.of(0x80), Buffer.from('"}')])],
    ['an overlong slash', Buffer.concat([Buffer.from('{"id":"'), Buffer.of(0xc0, 0xaf), Buffer.from('"}')])],
    [
      'half a pair in UTF-8',
      Buffer.concat([Buffer.from('{"id":"'), Buffer.of(0xed, 0xa0, 0x80), Buffer.from('"}')]),
    ],
    ['a byte order mark', Buffer.concat([Buffer.of(0xef, 0xbb, 0xbf), bytes(WIRE)])],
    ['UTF-16', Buffer.from(JSON.stringify(WIRE), 'utf16le')],
    ['GB 18030', Buffer.concat([Buffer.from('{"id":"'), Buffer.of(0xc0, 0xee), Buffer.from('"}')])],
    ['two messages', Buffer.concat([bytes(WIRE), bytes(WIRE)])],
    ['nothing', Buffer.alloc(0)],
  ])('ENV-007 %s is refused', (_name, payload) => {
    expect(whyOf(payload)).toBe('not JSON in UTF-8');
  });

  it('ENV-007 a byte order mark is refused in a text, too', () => {
    expect(whyOf(`\uFEFF${JSON.stringify(WIRE)}`)).toBe('not JSON in UTF-8');
  });

  it.each(['null', 'true', '7', '"text"', '[]', '[{"id":"m-1"}]'])('ENV-007 %s is no object', (json) => {
    expect(decode(json)).toEqual({ ok: false, why: 'not a JSON object' });
  });
});

describe('ENV-001 at most 64 KiB, counted in bytes', () => {
  /** A message of exactly so many bytes, filled with characters of this width. */
  const ofSize = (size: number, character: string): string => {
    const width = Buffer.byteLength(character);
    const empty = Buffer.byteLength(encode({ ...plain, data: { text: '' } }));
    const room = size - empty;
    return character.repeat(Math.floor(room / width)) + 'x'.repeat(room % width);
  };
  const plain: Envelope = { id: 'm-1', source: 'platform', type: 't', time: 0, data: {} };

  it.each(['x', 'é', '邮', '😀'])(
    'ENV-001 is taken with %s to the last byte and refused beyond it',
    (unit) => {
      const fits = encode({ ...plain, data: { text: ofSize(MAX_BYTES, unit) } });
      expect(Buffer.byteLength(fits)).toBe(MAX_BYTES);
      expect(decode(fits).ok).toBe(true);
      expect(decode(Buffer.from(fits)).ok).toBe(true);

      const tooLong = fits.replace('"text":"', '"text":"x');
      const refused = { ok: false, why: 'larger than 65536 bytes' };
      expect(decode(Buffer.from(tooLong))).toEqual(refused);
      expect(decode(tooLong)).toEqual(refused);
      const data = { text: `${ofSize(MAX_BYTES, unit)}x` };
      expect(() => encode({ ...plain, data })).toThrow(/t m-1 is larger than 65536 bytes \(ENV-001\)/);
    },
  );

  it('ENV-007 a huge payload is refused without being parsed', () => {
    expect(whyOf(Buffer.alloc(50 * 1024 * 1024, 0x5b))).toBe('larger than 65536 bytes');
  });
});

describe('ENV-002 each attribute', () => {
  /** What no attribute of ours can be. */
  const NEVER = [true, [], {}, { text: 'x' }];
  const TEXTS = ['', 7, 'x'.repeat(257), '😀'.repeat(257), ...NEVER];
  const INSTANTS = ['', 0, 1_700_000_000_000, 'yesterday', '2026-02-31T00:00:00Z', ...NEVER];
  const WRONG: [name: keyof typeof WIRE, required: boolean, wrong: unknown[]][] = [
    ['specversion', true, ['', '1', '1.1', '2.0', 1, 1.0, ...NEVER]],
    ['id', true, TEXTS],
    ['source', true, TEXTS],
    ['type', true, TEXTS],
    ['time', true, INSTANTS],
    ['data', true, ['', 'text', 7, true, [], [{}]]],
    ['datacontenttype', false, ['', 'text/xml', 'application/json; charset=utf-8', 7, ...NEVER]],
    ['correlationid', false, TEXTS],
    ['causationid', false, TEXTS],
    ['idempotencykey', false, TEXTS],
    ['expirytime', false, INSTANTS],
    ['attempt', false, ['1', '', 0, -1, 1.5, 2 ** 53, ...NEVER]],
  ];
  const ROWS = WRONG.map(([name, required, wrong]) => ({ name, required, wrong }));

  it.each(ROWS)('ENV-002 ENV-007 $name of a wrong kind is refused by its name', ({ name, wrong }) => {
    for (const value of wrong) {
      const read = decode(bytes({ ...WIRE, [name]: value }));
      // The id tells whom to answer, wherever it can be read.
      expect(read, JSON.stringify(value)).toEqual({
        ok: false,
        why: expect.stringContaining(name),
        ...(name === 'id' ? {} : { id: 'm-1' }),
      });
    }
  });

  it.each(ROWS)('ENV-002 $name left out or null; required: $required', ({ name, required }) => {
    const { [name]: _gone, ...without } = WIRE;
    expect(decode(bytes(without)).ok).toBe(!required);
    // CloudEvents, JSON format 2.2: null is the same as not set.
    expect(decode(bytes({ ...WIRE, [name]: null }))).toEqual(decode(bytes(without)));
  });

  it('ENV-002 a text may have 256 characters, also where each is two UTF-16 units', () => {
    for (const unit of ['x', '邮', '😀'])
      expect(decode(bytes({ ...WIRE, idempotencykey: unit.repeat(256) })).ok, unit).toBe(true);
  });
});

describe('ENV-005 what is not known', () => {
  it('ENV-005 attributes and members of data change nothing of what is read', () => {
    const name = fc.stringMatching(/^[a-z]{1,20}$/).filter((n) => !(n in WIRE));
    fc.assert(
      fc.property(fc.dictionary(name, fc.jsonValue()), fc.jsonValue(), (more, member) => {
        expect(decode(bytes({ ...more, ...WIRE }))).toEqual(decode(bytes(WIRE)));
        const data = { ...WIRE.data, added: member };
        const read = decode(bytes({ ...WIRE, data }));
        expect(read.ok && read.envelope.data).toEqual(JSON.parse(JSON.stringify(data)));
      }),
    );
  });

  it('ENV-005 names of JavaScript’s own are members like any other', () => {
    const hostile = `{"__proto__":{"id":"forged"},"constructor":{},${JSON.stringify(WIRE).slice(1)}`;
    expect(decode(hostile)).toEqual(decode(bytes(WIRE)));
    const { id: _id, ...rest } = WIRE;
    expect(decode(`{"__proto__":{"id":"forged"},${JSON.stringify(rest).slice(1)}`)).toEqual({
      ok: false,
      why: 'id is missing or empty',
    });
  });
});
