import fc from 'fast-check';
import { expect, test } from 'vitest';
import { DAY, HOUR } from '../../../contracts/time.ts';
import {
  businessDateAt,
  civilDateAt,
  cutOf,
  formatLocal,
  nextDate,
  startOfDate,
  timeOfDayAt,
} from '../../../platform/core/calendar.ts';
import { CUT_AFTER } from '../../../platform/core/flows/day.ts';

/** Shanghai wall-clock time as an instant, by another road than the calendar's. */
const shanghai = (text: string) => Date.parse(`${text}+08:00`);

test('S14 the business day ends at 21:00:00.000 and not a millisecond earlier', () => {
  const date = (text: string) => businessDateAt(shanghai(text), CUT_AFTER);
  expect(date('2026-11-23T20:59:59.999')).toBe('2026-11-23');
  expect(date('2026-11-23T21:00:00.000')).toBe('2026-11-24');
  expect(date('2026-11-23T23:59:59.999')).toBe('2026-11-24');
  expect(date('2026-11-24T00:00:00.000')).toBe('2026-11-24');
});

test('S14 the day after 21:00 crosses month, leap day and year', () => {
  const date = (text: string) => businessDateAt(shanghai(text), CUT_AFTER);
  expect(date('2026-12-31T21:00:00')).toBe('2027-01-01');
  expect(date('2028-02-28T21:00:00')).toBe('2028-02-29');
  expect(date('2028-02-29T21:00:00')).toBe('2028-03-01');
  expect(date('2026-02-28T21:00:00')).toBe('2026-03-01');
  expect(date('2100-02-28T21:00:00')).toBe('2100-03-01');
});

test('dates and times of day are Shanghai’s', () => {
  const at = shanghai('2026-11-23T00:00:05');
  expect(civilDateAt(at)).toBe('2026-11-23');
  expect(timeOfDayAt(at)).toBe('000005');
  expect(formatLocal(shanghai('2026-11-23T21:00:05.999'))).toBe('2026-11-23 21:00:05');
  expect(startOfDate('2026-11-23')).toBe(shanghai('2026-11-23T00:00:00'));
});

test('every instant lies in its business day, between the cut before and its own', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: shanghai('2099-12-31T00:00:00') }), (at) => {
      const date = businessDateAt(at, CUT_AFTER);
      const [from, to] = [cutOf(date, CUT_AFTER) - DAY, cutOf(date, CUT_AFTER)];
      const civil = new Date(at + 8 * HOUR).toISOString();
      return (
        from <= at &&
        at < to &&
        civilDateAt(at) === civil.slice(0, 10) &&
        timeOfDayAt(at) === civil.slice(11, 19).replaceAll(':', '') &&
        startOfDate(nextDate(date)) === startOfDate(date) + DAY
      );
    }),
  );
});
