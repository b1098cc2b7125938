import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  believedEffect,
  type Effect,
  type ErrorMeaning,
  WIRE_ERRORS,
  type WireErrorCode,
  wireError,
} from '../../contracts/errors.ts';
import { checkOf, completionSchema } from '../../contracts/operation.ts';
import { carrier } from '../../contracts/profiles/carrier.ts';

const EFFECTS: readonly Effect[] = ['none', 'applied', 'unknown'];
const rows = Object.entries(WIRE_ERRORS) as [WireErrorCode, ErrorMeaning][];
const fits = checkOf(completionSchema(carrier.operations.perform.result));

/** Unknown, and a new key has no second effect all the same. */
const HARMLESS_ANEW: { [C in WireErrorCode]?: string } = {
  'device.printUncertain': 'the next sheet is a copy and says so',
  'device.writeUncertain':
    'a write reads the card first, and what it already carries is not written again (CRD-005)',
};

/** Nothing happened under this key; what is to be looked at is another order, or the card. */
const ABOUT_ANOTHER: { [C in WireErrorCode]?: string } = {
  'counterpart.orderOpen': 'how the open order of the meter ended',
  'counterpart.wrongStanding': 'how the original order stands',
  'device.cardChanged': 'what is on the card',
};

describe('ERR-001 the vocabulary', () => {
  it.each(rows)('ERR-001 %s is a family and a name in lowerCamel, and says what it is', (code, meaning) => {
    expect(code).toMatch(/^(contract|adapter|counterpart|device)\.[a-z]+([A-Z][a-z]+)*$/);
    expect(meaning.zh).toMatch(/\p{Script=Han}/u);
    expect(meaning.en).toMatch(/^[A-Z][^\p{Script=Han}]+$/u);
    // As it is sent, it fits the schema of every completion.
    expect(fits({ outcome: 'failure', error: wireError(code) })).toBeUndefined();
  });

  it.each(rows)('ERR-002 the retry and action of %s do not lead to a second effect', (code, meaning) => {
    // A new key while nobody knows what the old one did would move the money, or the paper, twice.
    if (meaning.effect === 'unknown' && !Object.hasOwn(HARMLESS_ANEW, code))
      expect(meaning.retry).not.toBe('newKey');
    if (meaning.effect === 'applied') expect(meaning.retry).not.toMatch(/sameKey|after/);
    if (meaning.action !== 'inquire') return;
    // Whoever is told to inquire does not know yet; what is known needs no inquiry, but about something else.
    if (Object.hasOwn(ABOUT_ANOTHER, code)) {
      expect(meaning.effect).toBe('none');
      expect(meaning.retry).not.toBe('sameKey');
    } else expect(meaning.effect).toBe('unknown');
  });

  it('ERR-002 each exception to that is a code, and is one', () => {
    for (const code of Object.keys(HARMLESS_ANEW) as WireErrorCode[])
      expect(WIRE_ERRORS[code]).toMatchObject({ effect: 'unknown', retry: 'newKey' });
    for (const code of Object.keys(ABOUT_ANOTHER) as WireErrorCode[])
      expect(WIRE_ERRORS[code]).toMatchObject({ effect: 'none', action: 'inquire' });
  });

  it('ERR-004 a time-out, a restart and an unclear answer never say «none»', () => {
    for (const [code, { effect }] of rows)
      if (/timeout|restarted|ambiguous|internal|notFound|conflict|uncertain/i.test(code))
        expect(effect, code).toBe('unknown');
  });

  it('ERR-001 no two codes have the same words', () => {
    expect(new Set(rows.map(([, { zh }]) => zh)).size).toBe(rows.length);
    expect(new Set(rows.map(([, { en }]) => en)).size).toBe(rows.length);
  });
});

describe('ERR-003 what is sent', () => {
  it.each(rows)('ERR-003 %s claims its own effect or «unknown»', (code, { effect, retry, action }) => {
    expect(wireError(code)).toEqual({ code, effect, retry, action });
    expect(wireError(code, { effect: 'unknown' })).toEqual({ code, effect: 'unknown', retry, action });
    expect(wireError(code, { detail: 'DLE EOT 12' }).detail).toBe('DLE EOT 12');
    expect(wireError(code, { detail: '' })).not.toHaveProperty('detail');
  });
});

describe('what is believed of a received error', () => {
  it.each(rows)('ERR-003 of %s only the vocabulary’s effect; another claim is «unknown»', (code, meaning) => {
    for (const effect of EFFECTS)
      expect(believedEffect({ code, effect })).toBe(effect === meaning.effect ? effect : 'unknown');
  });

  it('ERR-001 of a code outside the vocabulary nothing, whatever it claims', () => {
    const strange = fc.oneof(
      fc.string(),
      fc.constantFrom('constructor', '__proto__', 'toString', 'hasOwnProperty', 'counterpart.Declined'),
    );
    fc.assert(
      fc.property(strange, fc.constantFrom(...EFFECTS), (code, effect) => {
        fc.pre(!Object.hasOwn(WIRE_ERRORS, code));
        expect(believedEffect({ code, effect })).toBe('unknown');
      }),
    );
  });
});
