import { expect, test } from 'vitest';
import { WIRE_ERRORS } from '../../../contracts/errors.ts';
import { ALERTS, explain, PROBLEMS } from '../../../platform/core/problems.ts';
import { DECLARED } from '../../../platform/core/services/index.ts';

const HAN = /\p{Script=Han}/u;

test('every code that a person may meet is explained in Chinese and in English', () => {
  const codes = [...Object.keys(PROBLEMS), ...Object.keys(ALERTS), ...Object.keys(WIRE_ERRORS)];
  expect(new Set(codes).size, 'no code means two things').toBe(codes.length);
  for (const code of codes) {
    const text = explain(code);
    expect(text?.zh, code).toMatch(HAN);
    expect(text?.en, code).toMatch(/^[A-Z][^\p{Script=Han}]+$/u);
  }
});

test('every refusal of the platform says what to do, in both languages, under an HTTP status of its kind', () => {
  for (const [code, problem] of Object.entries(PROBLEMS)) {
    expect(code).toMatch(/^platform\.[a-z][A-Za-z]*$/);
    expect(problem.remedyZh, code).toMatch(HAN);
    expect(problem.remedyEn.length, code).toBeGreaterThan(10);
    expect([400, 401, 403, 404, 409, 422, 429, 500, 503, 504], code).toContain(problem.status);
  }
});

test('every code that ends a payment is explained, too', () => {
  for (const service of DECLARED)
    for (const code of [...service.declines, 'contract.notFound']) expect(explain(code), code).toBeDefined();
});

test('an unknown code is not explained away, not even by a word that every object has', () => {
  for (const code of ['platform.nonsense', '', 'toString', 'constructor'])
    expect(explain(code), code).toBeUndefined();
});
