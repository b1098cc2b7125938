import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { civilFromDays, DAY, daysFromCivil, formatInstant, parseInstant } from '../../contracts/time.ts';

// `Date` is the independent judge here; the code under test does not use it.
const FIRST = Date.parse('0001-01-01T00:00:00.000Z');
const LAST = Date.parse('9999-12-31T23:59:59.999Z');
const instant = fc.integer({ min: FIRST, max: LAST });

describe('instants', () => {
  it('are written as Date writes them and read back, from year 1 to year 9999', () => {
    fc.assert(
      fc.property(instant, (ms) => {
        const text = formatInstant(ms);
        expect(text).toBe(new Date(ms).toISOString());
        expect(parseInstant(text)).toBe(ms);
      }),
      { numRuns: 2_000, examples: [[FIRST], [LAST], [-1], [0], [951_782_399_999], [951_782_400_000]] },
    );
  });

  it('lose the parts of a millisecond that a steady clock counts', () => {
    expect(formatInstant(1_999.9)).toBe('1970-01-01T00:00:01.999Z');
    expect(formatInstant(-0.1)).toBe('1969-12-31T23:59:59.999Z');
  });

  it('are read with an offset as the same instant that Date reads', () => {
    const offset = fc.record({
      sign: fc.constantFrom('+', '-'),
      hours: fc.integer({ min: 0, max: 23 }),
      minutes: fc.integer({ min: 0, max: 59 }),
    });
    fc.assert(
      fc.property(
        fc.integer({ min: FIRST + 2 * DAY, max: LAST - 2 * DAY }),
        offset,
        (ms, { sign, hours, minutes }) => {
          const zone = `${sign}${String(hours).padStart(2, '0')}:${String(minutes).padStart(2, '0')}`;
          const text = formatInstant(ms).replace('Z', zone);
          expect(parseInstant(text), text).toBe(Date.parse(text));
        },
      ),
    );
  });

  it.each([
    ['2026-11-23T21:00:00Z', '2026-11-23T21:00:00.000Z'],
    ['2026-11-23T21:00:00+08:00', '2026-11-23T13:00:00.000Z'],
    ['2026-11-23T21:00:00.5Z', '2026-11-23T21:00:00.500Z'],
    ['2026-11-23T21:00:00.123456789-00:30', '2026-11-23T21:30:00.123Z'],
    ['2024-02-29T23:59:59.999Z', '2024-02-29T23:59:59.999Z'],
    ['2000-02-29T00:00:00Z', '2000-02-29T00:00:00.000Z'],
  ])('%s is %s', (text, same) => {
    expect(parseInstant(text)).toBe(Date.parse(same));
  });

  it.each([
    ['', 'nothing'],
    ['2026-02-31T00:00:00Z', '31 February'],
    ['2025-02-29T00:00:00Z', '29 February of a common year'],
    ['1900-02-29T00:00:00Z', '29 February of a century'],
    ['2026-04-31T00:00:00Z', '31 April'],
    ['2026-00-10T00:00:00Z', 'month 0'],
    ['2026-13-01T00:00:00Z', 'month 13'],
    ['2026-01-00T00:00:00Z', 'day 0'],
    ['2026-01-32T00:00:00Z', 'day 32'],
    ['2026-01-01T24:00:00Z', '24 o’clock'],
    ['2026-01-01T23:60:00Z', 'minute 60'],
    ['2026-01-01T23:59:60Z', 'a leap second, which platform time does not have'],
    ['2026-01-01T00:00:00', 'no zone'],
    ['2026-01-01T00:00:00+8:00', 'a zone of one digit'],
    ['2026-01-01T00:00:00+0800', 'a zone without a colon'],
    ['2026-01-01T00:00:00+24:00', 'a zone of 24 hours'],
    ['2026-01-01T00:00:00-08:60', 'a zone of 60 minutes'],
    ['2026-01-01T00:00:00+99:99', 'a zone that is none'],
    ['2026-01-01T00:00:00 CST', 'a zone’s name'],
    ['2026-01-01 00:00:00Z', 'a blank for the T'],
    ['2026-01-01T00:00:00.Z', 'an empty fraction'],
    ['26-01-01T00:00:00Z', 'a year of two digits'],
    ['+002026-01-01T00:00:00Z', 'a year of six digits'],
    ['٢٠٢٦-01-01T00:00:00Z', 'digits of another script'],
    ['2026-01-01T00:00:00Z\n', 'a line feed behind it'],
    [' 2026-01-01T00:00:00Z', 'a blank before it'],
  ])('«%s» is refused: %s', (text) => {
    expect(parseInstant(text)).toBeUndefined();
  });

  it('whatever text is read, it is an instant that Date reads alike, or none', () => {
    const digits = (max: number, width: number) =>
      fc.integer({ min: 0, max }).map((n) => String(n).padStart(width, '0'));
    const almost = fc
      .tuple(digits(9999, 4), digits(13, 2), digits(32, 2), digits(25, 2), digits(61, 2), digits(61, 2))
      .map(([y, mo, d, h, mi, s]) => `${y}-${mo}-${d}T${h}:${mi}:${s}.000Z`);
    fc.assert(
      fc.property(almost, (text) => {
        const read = parseInstant(text);
        if (read === undefined) {
          // Date takes 31 February for 3 March and 24:00 for midnight: both are written back otherwise.
          const other = Date.parse(text);
          expect(Number.isNaN(other) || new Date(other).toISOString() !== text, text).toBe(true);
        } else expect(new Date(read).toISOString()).toBe(text);
      }),
      { numRuns: 2_000 },
    );
  });
});

describe('civil dates', () => {
  it('and days are each other’s inverse, and agree with Date', () => {
    fc.assert(
      fc.property(fc.integer({ min: FIRST / DAY, max: Math.floor(LAST / DAY) }), (days) => {
        const date = new Date(days * DAY);
        const civil = civilFromDays(days);
        expect(civil).toEqual({
          year: date.getUTCFullYear(),
          month: date.getUTCMonth() + 1,
          day: date.getUTCDate(),
        });
        expect(daysFromCivil(civil)).toBe(days);
      }),
      { numRuns: 2_000 },
    );
  });
});
