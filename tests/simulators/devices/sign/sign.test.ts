import { expect, it } from 'vitest';
import { createLedSign } from '../../../../simulators/devices/sign/sign.ts';

function set() {
  const sign = createLedSign({ characters: 4 });
  const said: number[] = [];
  sign.attach((bytes) => said.push(...bytes));
  const send = (...bytes: number[]) => {
    said.length = 0;
    sign.input(Uint8Array.from(bytes));
    return [...said];
  };
  const check = (...body: number[]) => [0x02, ...body, body.reduce((all, byte) => all ^ byte, 0)];
  return { sign, send, check };
}

it('takes the line that the driver’s folder describes', () => {
  const { sign, send, check } = set();
  expect(send(...check(0x31, 0x54, 0x41, 0xcd, 0xa3, 0x03))).toEqual([0x06, 0x31]);
  expect(sign.text()).toBe('A停');
  expect(send(...check(0x32, 0x51, 0x03))).toEqual([0x06, 0x32]);
  expect(send(...check(0x33, 0x54, 0x03))).toEqual([0x06, 0x33]);
  expect(sign.shown).toEqual(['A停', '']);
});

it('any single byte that is wrong shows nothing', () => {
  const { sign, send, check } = set();
  const whole = check(0x31, 0x54, 0x41, 0xcd, 0xa3, 0x03);
  for (let place = 0; place < whole.length; place++) {
    const spoilt = whole.map((byte, i) => (i === place ? byte ^ 0x10 : byte));
    send(...spoilt);
    // A lost end swallows what follows, as on a real line: a query brings it back into step.
    for (let i = 0; i < 2; i++) send(...check(0x38, 0x51, 0x03));
    expect(sign.text(), `byte ${place}`).toBe('');
  }
  expect(send(...whole)).toEqual([0x06, 0x31]);
});

it('refuses what it does not know, and what it has no room for', () => {
  const { sign, send, check } = set();
  expect(send(...check(0x31, 0x58, 0x03))).toEqual([0x15, 0x31]);
  expect(send(...check(0x31, 0x54, 0x41, 0x42, 0x43, 0x44, 0x45, 0x03))).toEqual([0x15, 0x31]);
  expect(sign.shown).toEqual([]);
});
