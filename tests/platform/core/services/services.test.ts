import { describe, expect, test } from 'vitest';
import { type ErrorMeaning, WIRE_ERRORS } from '../../../../contracts/errors.ts';
import { checkOf } from '../../../../contracts/operation.ts';
import { carrier } from '../../../../contracts/profiles/carrier.ts';
import { HOUR, MINUTE, SECOND } from '../../../../contracts/time.ts';
import { SERVICES, serviceOf } from '../../../../platform/core/services/index.ts';
import { ladder, PATIENT } from '../../../../platform/core/services/ladder.ts';
import { maskPhone } from '../../../../platform/core/services/service.ts';

describe.each(SERVICES.map((service) => [service.code, service] as const))('service %s', (code, service) => {
  test('is found by its code, and by no other', () => {
    expect(serviceOf(code)).toBe(service);
    expect(SERVICES.filter((other) => other.code === code)).toHaveLength(1);
  });

  test('settled rule 1: only codes of the wire’s vocabulary whose effect is «none» release money', () => {
    expect(service.declines.length).toBeGreaterThan(0);
    for (const decline of service.declines) {
      const meaning = (WIRE_ERRORS as Record<string, ErrorMeaning>)[decline];
      expect(meaning?.effect, decline).toBe('none');
    }
    expect(new Set(service.declines).size).toBe(service.declines.length);
  });

  test('settled rule 1: «not found» is final after ten minutes at the least, or never', () => {
    expect(service.notFoundFinalAfter ?? Number.POSITIVE_INFINITY).toBeGreaterThanOrEqual(10 * MINUTE);
  });

  test('the deadlines come one after the other, and the ladder rises to the end', () => {
    const { acceptWithin, completeWithin, inquiries, alertAfter, giveUpAfter } = service.timing;
    expect(acceptWithin).toBeLessThanOrEqual(completeWithin);
    expect(completeWithin).toBeLessThan(alertAfter);
    expect(alertAfter).toBeLessThanOrEqual(30 * MINUTE);
    expect(alertAfter).toBeLessThan(giveUpAfter);
    expect([...inquiries].sort((a, b) => a - b)).toEqual([...inquiries]);
    expect(new Set(inquiries).size).toBe(inquiries.length);
    expect(inquiries.at(-1)).toBeLessThanOrEqual(giveUpAfter);
  });

  test('the amounts are whole yuan in order, and the request fits the counterpart’s contract', () => {
    expect(service.minimumFen % service.multipleFen).toBe(0);
    expect(service.minimumFen).toBeLessThan(service.maximumFen);
    const fits = checkOf(carrier.operations.perform.request);
    for (const amount of [service.minimumFen, service.maximumFen])
      expect(fits(service.request({ phone: '13808001234' }, amount))).toBeUndefined();
  });

  test('patterns are anchored: no longer number hides a good one', () => {
    for (const field of service.fields) {
      expect(field.pattern).toMatch(/^\^.*\$$/);
      expect(new RegExp(field.pattern).test('13808001234\n')).toBe(false);
    }
  });
});

test('MOB-04 the patient ladder: 40 s, 1, 2, 5, 10 min, every 15 min to 6 h, hourly to a day', () => {
  expect(PATIENT.slice(0, 7)).toEqual([
    40 * SECOND,
    MINUTE,
    2 * MINUTE,
    5 * MINUTE,
    10 * MINUTE,
    15 * MINUTE,
    30 * MINUTE,
  ]);
  expect(PATIENT.filter((at) => at > 10 * MINUTE && at <= 6 * HOUR)).toHaveLength(24);
  expect(PATIENT.filter((at) => at > 6 * HOUR).map((at) => at / HOUR)).toEqual(
    Array.from({ length: 18 }, (_, i) => i + 7),
  );
});

test('a ladder whose first steps reach beyond a quarter of an hour still rises', () => {
  const steps = ladder([MINUTE, 20 * MINUTE]);
  expect(steps.slice(0, 3)).toEqual([MINUTE, 20 * MINUTE, 30 * MINUTE]);
  expect([...steps].sort((a, b) => a - b)).toEqual([...steps]);
});

test('ACC-04 a phone number shows its first three and last four digits, a short one nothing', () => {
  expect(maskPhone('13808001234')).toBe('138****1234');
  expect(maskPhone('1380800')).toBe('****');
  expect(maskPhone('')).toBe('****');
});
