import { expect, test } from 'vitest';
import { stories } from '../../../../platform/commands/support/contents.ts';
import { scrub, scrubAll } from '../../../../platform/commands/support/scrub.ts';
import { orderId } from '../../../support/ids.ts';
import { PHONE, smallPlatform } from '../../../support/small-platform.ts';

const KNOWN = new Set(['51010001', '26112300018', '261123-0042']);

test.each([
  ['called 13808001234, no answer', 'called «11 digits», no answer'],
  ['用户 138 0800 1234 来电', '用户 «11 digits» 来电'],
  ['card 6222-0212-3456-7890-123', 'card «19 digits»'],
  ['全角１３８０８００１２３４', '全角«11 digits»'],
  ['+86.138.0800.1234', '+«13 digits»'],
  ['wrong 258036', 'wrong «6 digits»'],
  ['密码:258036', '«secret»'],
  ['password = "hunter-2"', '«secret»"'],
  ['Authorization: Bearer abc.def', 'Authorization: «secret»'],
  ['{"password":"x1","token": "y2"}', '{"«secret»","«secret»"}'],
  ['x -----BEGIN PRIVATE KEY-----\nMC4C\n-----END PRIVATE KEY----- y', 'x «key» y'],
  ['-----BEGIN PRIVATE KEY-----\nMC4C torn', '«key»'],
  [`secret of 32: ${'aB3_'.repeat(11)}`, '«secret» 32: «secret»'],
])('ACC-04 SEC-01 «%s» is masked', (text, masked) => {
  expect(scrub(text, KNOWN)).toBe(masked);
});

test.each([
  '51010001/26112300018: paper out since 2026-11-23 21:00:05',
  'receipt 261123-0042, error device.paperOut, 3 tries',
  'shopping list, epson-80, 5 yuan',
])('what is needed to find the fault stays: «%s»', (text) => {
  expect(scrub(text, KNOWN)).toBe(text);
});

test('every text in a value is looked at', () => {
  const masked = scrubAll({ a: [{ b: PHONE }], n: 13808001234 }, KNOWN);
  expect(masked).toEqual({ a: [{ b: '«11 digits»' }], n: 13808001234 });
});

test('ACC-04 an order’s story has its states and its masked number, and nothing that people wrote of a customer', () => {
  const platform = smallPlatform();
  platform.pay(orderId(1));
  const order = platform.order(orderId(1));
  order.history = [
    ...order.history,
    { at: platform.now, what: 'resolved', why: `${PHONE} 来函, 6222021234567890123` },
  ];
  order.cases = [{ kind: 'mismatch', at: platform.now, evidence: `account ${PHONE}` }];
  const text = JSON.stringify(stories([order], KNOWN));
  expect(text).not.toContain(PHONE);
  expect(text).not.toContain('6222021234567890123');
  expect(text).toContain('138****1234');
  expect(text).toContain('来函');
  expect(text).toContain(orderId(1));
  expect(text).toContain('"state":"processing"');
});
