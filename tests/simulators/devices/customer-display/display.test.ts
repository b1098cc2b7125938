import fc from 'fast-check';
import { expect, it } from 'vitest';
import { createCustomerDisplay } from '../../../../simulators/devices/customer-display/display.ts';

const show = (text: string) => [0x1b, 0x51, 0x41, ...Buffer.from(text), 0x0d];

it('takes the bytes of the LED display: initialise, clear, number, lamps', () => {
  const display = createCustomerDisplay();
  display.input(Uint8Array.from(show('12.34')));
  display.input(Uint8Array.of(0x1b, 0x73, 0x34));
  expect(display.face()).toEqual({ text: '12.34', lamp: 'change' });
  display.input(Uint8Array.of(0x0c));
  expect(display.face()).toEqual({ text: '', lamp: 'change' });
  display.input(Uint8Array.of(0x1b, 0x40));
  expect(display.face()).toEqual({ text: '', lamp: 'none' });
});

it('shows only the last places of a number that is too long: what its driver must never let happen', () => {
  const display = createCustomerDisplay({ digits: 4 });
  display.input(Uint8Array.from(show('1234.56')));
  expect(display.face().text).toBe('34.56');
});

it('shows the same in whatever pieces the bytes come', () => {
  const part = fc.oneof(
    fc.constantFrom([0x0c], [0x1b, 0x40], [0x1b, 0x73, 0x32], show('8.88'), show('0.05')),
    fc.array(fc.nat({ max: 255 }), { maxLength: 3 }),
  );
  fc.assert(
    fc.property(fc.array(part, { maxLength: 8 }), fc.nat({ max: 7 }), (parts, length) => {
      const bytes = parts.flat();
      const whole = createCustomerDisplay();
      const pieces = createCustomerDisplay();
      whole.input(Uint8Array.from(bytes));
      for (let from = 0; from < bytes.length; from += length + 1)
        pieces.input(Uint8Array.from(bytes.slice(from, from + length + 1)));
      expect(pieces.face()).toEqual(whole.face());
    }),
  );
});

it('after its power was away it is dark and in the middle of nothing', () => {
  const display = createCustomerDisplay();
  display.input(Uint8Array.from([...show('1.00'), 0x1b, 0x51, 0x41, 0x39]));
  display.powerCycle();
  display.input(Uint8Array.of(0x0d));
  expect(display.face()).toEqual({ text: '', lamp: 'none' });
});
