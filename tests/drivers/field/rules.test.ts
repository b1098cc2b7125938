import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { FINGERPRINTS } from '../../../drivers/field/fingerprints.ts';
import { DRIVER_NAMES } from '../../../drivers/host/registry.ts';

const RULES = readFileSync(
  fileURLToPath(new URL('../../../drivers/field/70-kiosk.rules', import.meta.url)),
  'utf8',
);

/** One `KEY{attribute}OPERATOR"value"` of a rule. */
const TOKEN = /^([A-Z]+)(?:\{([\w/]+)\})?(==|!=|=|\+=)"([^"]*)"$/;
/** What udev compares, and what it sets. */
const COMPARED = ['KERNEL', 'SUBSYSTEM', 'ATTR', 'ATTRS', 'ENV', 'ACTION'];
const SET = ['MODE', 'GROUP', 'SYMLINK', 'ENV', 'ATTR'];

interface Token {
  key: string;
  attribute: string | undefined;
  operator: string;
  value: string;
}

/** Also those that are only proposed, behind a «#». */
const rules: Token[][] = RULES.split('\n')
  .map((line) => line.replace(/^#(?=[A-Z]+[={!+])/, ''))
  .filter((line) => line !== '' && !line.startsWith('#'))
  .map((line) =>
    line.split(', ').map((part) => {
      const [, key = '', attribute, operator = '', value = ''] = TOKEN.exec(part) ?? [];
      if (!key) throw new Error(`no token of udev's: «${part}» in ${line}`);
      return { key, attribute, operator, value };
    }),
  );

const valueIn = (rule: Token[], key: string, attribute?: string) =>
  rule.find((token) => token.key === key && token.attribute === attribute)?.value;
const idsOf = (rule: Token[], key: string) =>
  [valueIn(rule, key, 'idVendor'), valueIn(rule, key, 'idProduct')].join(':');

describe('70-kiosk.rules', () => {
  it('is written as udev reads it: what is compared stands before what is set, ids in small hex digits', () => {
    expect(rules.length).toBeGreaterThan(6);
    for (const rule of rules) {
      const isSetting = rule.map(({ operator }) => operator === '=' || operator === '+=');
      expect(isSetting, JSON.stringify(rule)).toEqual([...isSetting].sort((a, b) => Number(a) - Number(b)));
      for (const [i, { key, attribute, value }] of rule.entries()) {
        // ATTR{…}="…" sets as well as it compares.
        expect(isSetting[i] ? SET : COMPARED).toContain(key);
        if (attribute?.startsWith('id')) expect(value).toMatch(/^[0-9a-f]{4}$/);
        if (key === 'MODE') expect(value).toBe('0660');
        if (key === 'GROUP') expect(value).toBe('kiosk');
      }
    }
  });

  it('opens exactly the devices of the drivers’ table to the service', () => {
    for (const [bus, system] of [
      ['hid', (rule: Token[]) => valueIn(rule, 'KERNEL') === 'hidraw*'],
      ['tty', (rule: Token[]) => valueIn(rule, 'SUBSYSTEM') === 'tty'],
    ] as const) {
      const opened = rules.filter((rule) => system(rule) && valueIn(rule, 'GROUP') === 'kiosk');
      const known = FINGERPRINTS.filter((each) => each.bus === bus);
      expect(opened.map((rule) => idsOf(rule, 'ATTRS')).sort()).toEqual(
        known.map(({ vendorId, productId }) => `${vendorId}:${productId}`).sort(),
      );
    }
    expect(
      rules.some((rule) => valueIn(rule, 'SUBSYSTEM') === 'usbmisc' && valueIn(rule, 'GROUP') === 'kiosk'),
    ).toBe(true);
  });

  it('keeps ModemManager from every serial line, and readers awake', () => {
    for (const rule of rules.filter((each) => valueIn(each, 'SUBSYSTEM') === 'tty' && valueIn(each, 'GROUP')))
      expect(valueIn(rule, 'ENV', 'ID_MM_DEVICE_IGNORE')).toBe('1');
    const awake = rules.filter((rule) => valueIn(rule, 'ATTR', 'power/control') === 'on');
    expect(awake.map((rule) => idsOf(rule, 'ATTR'))).toEqual(
      FINGERPRINTS.filter(({ bus }) => bus === 'hid').map(
        ({ vendorId, productId }) => `${vendorId}:${productId}`,
      ),
    );
  });
});

it('every driver of the registry that can be plugged in is in the table', () => {
  const named = new Set(FINGERPRINTS.flatMap(({ drivers }) => drivers.map((driver) => driver.split(' ')[0])));
  expect(DRIVER_NAMES.filter((name) => !named.has(name))).toEqual([]);
});
