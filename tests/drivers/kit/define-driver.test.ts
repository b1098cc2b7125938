import Type from 'typebox';
import { expect, it } from 'vitest';
import { sign } from '../../../contracts/devices/sign.ts';
import { defineDriver } from '../../../drivers/kit/define-driver.ts';
import { createSign } from '../../../drivers/sign/driver.ts';

const define = (settings: ReturnType<typeof Type.Object>) => () =>
  defineDriver({ class: sign, settings, create: (host) => createSign(host, { characters: 8 }) });

it('a setting says what is allowed, and takes no name of the host’s', () => {
  expect(define(Type.Object({ baud: Type.Integer() }))).toThrow('the setting «baud» has no description');
  expect(define(Type.Object({ url: Type.String({ description: 'x' }) }))).toThrow(
    'the setting «url» is the host’s',
  );
  expect(define(Type.Object({ baud: Type.Integer({ description: 'x' }) }))().class).toBe(sign);
});
