import { afterEach, expect, test } from 'vitest';
import { HOUR } from '../../../contracts/time.ts';
import { businessDateAt, formatLocal, startOfDate } from '../../../platform/core/calendar.ts';
import { CUT_AFTER } from '../../../platform/core/flows/day.ts';

// A file of its own: only a process can change its zone, a worker thread can not.
const zone = process.env.TZ;
afterEach(() => {
  if (zone === undefined) delete process.env.TZ;
  else process.env.TZ = zone;
});

test.each([
  ['America/New_York', 300],
  ['Pacific/Kiritimati', -840],
  ['Asia/Shanghai', -480],
])('S14 the zone of the process changes nothing: %s', (name, offset) => {
  process.env.TZ = name;
  const cut = Date.UTC(2026, 10, 23, 13);
  expect(new Date(cut).getTimezoneOffset(), 'the zone did change').toBe(offset);
  expect(businessDateAt(cut - 1, CUT_AFTER)).toBe('2026-11-23');
  expect(businessDateAt(cut, CUT_AFTER)).toBe('2026-11-24');
  expect(formatLocal(cut)).toBe('2026-11-23 21:00:00');
  expect(startOfDate('2026-11-24')).toBe(cut + 3 * HOUR);
});
