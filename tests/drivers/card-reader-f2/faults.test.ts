import { readFileSync } from 'node:fs';
import type { TUnion } from 'typebox';
import { expect, it } from 'vitest';
import { cardReader } from '../../../contracts/devices/card-reader.ts';
import { WIRE_ERRORS } from '../../../contracts/errors.ts';
import type { Completion } from '../../../contracts/operation.ts';
import type { ModelName } from '../../../drivers/card-reader-f2/models.ts';
import { FAULT_MENU, type F2Fault as Fault } from '../../../simulators/devices/card-reader-f2/faults.ts';
import { createBusCard } from '../../../simulators/devices/cards/bus-card.ts';
import type { Card } from '../../../simulators/devices/cards/chip.ts';
import { cardOf, PURCHASE, sealed } from '../card-reader/bench.ts';
import { returned, type TestCard, testCard, wallet } from '../card-reader/test-card.ts';
import { type Bench, MODEL_NAMES, withCard } from './bench.ts';

const ALWAYS = Number.POSITIVE_INFINITY;
const OTHER = '8899AABBCCDDEEFF';

/** What a fault made of an operation: its result in one word, an error code, or a standing that was inquired. */
type Met = string;

interface Stage {
  name: ModelName;
  b: Bench;
  card: TestCard;
  /** Reads the card, then the fault, then writes to it: the whole way of a sale. */
  writeUnder(...faults: Fault[]): Met[];
  /** The fault, then the read. */
  readUnder(...faults: Fault[]): Met[];
}

interface Row {
  /** Only this one: it can't strike the other. */
  only?: ModelName;
  fault: Fault['fault'];
  when: string;
  gives: Met[];
  play(stage: Stage): Met[];
}

const metOf = ({ outcome, error }: Completion): Met => error?.code ?? outcome;
const cardNamed = (chip: TestCard): Card => ({ name: '另一张', chip });

function stage(name: ModelName): Stage {
  const card = cardOf(PURCHASE);
  const b = withCard(name, card);
  return {
    name,
    b,
    card,
    writeUnder(...faults) {
      const { challenge } = b.readMeter();
      for (const fault of faults) b.reader.inject(fault);
      const end = b.write(sealed(PURCHASE, challenge), 'sale');
      return [metOf(end), b.inquire('sale').standing];
    },
    readUnder(...faults) {
      for (const fault of faults) b.reader.inject(fault);
      return [metOf(b.read())];
    },
  };
}

const written = ['success', 'written'];
const uncertain = ['device.writeUncertain', 'uncertain'];
const notWritten = (code: Met) => [code, 'notWritten'];

const row = (fault: Fault['fault'], when: string, gives: Met[], play: Row['play']): Row => ({
  fault,
  when,
  gives,
  play,
});

/** What the reader's own errors become, where a read meets them. */
const ERRORS: { [code: string]: Met } = {
  '00': 'device.hardwareError',
  '01': 'device.hardwareError',
  '02': 'device.hardwareError',
  '03': 'device.hardwareError',
  '04': 'device.hardwareError',
  '05': 'device.hardwareError',
  '10': 'device.cardJammed',
  '11': 'device.cardJammed',
  '12': 'device.hardwareError',
  '13': 'device.cardInvalid',
  '14': 'device.cardInvalid',
  '15': 'device.hardwareError',
  '30': 'device.hardwareError',
  '40': 'device.hardwareError',
  '43': 'device.cardJammed',
  '45': 'device.cardNotPresent',
  '50': 'device.hardwareError',
  '51': 'device.hardwareError',
  '60': 'device.cardInvalid',
  '61': 'device.cardInvalid',
  '62': 'device.cardInvalid',
  '63': 'device.cardInvalid',
  '64': 'device.cardInvalid',
  '65': 'device.cardNotPresent',
  '66': 'device.cardInvalid',
  '67': 'device.cardInvalid',
  '68': 'device.cardInvalid',
  '69': 'device.cardInvalid',
  A0: 'device.hardwareError',
  A1: 'device.hardwareError',
  B0: 'device.offline',
  // Of one that no paper names nobody knows how far it came.
  '99': 'device.hardwareError',
};

/** What the reader refuses before it speaks to the card; of every other error the card may have had the command. */
const NOTHING_DONE = ['00', '01', '02', '04', 'B0'];
/** There is no card with power to be read back any more. */
const POWER_IS_GONE = ['10', '11', '43', '45', '65', 'B0'];

/** Each fault of the menu in the operations that it can strike, and what the class says of it. */
const ROWS: Row[] = [
  row('noAcknowledge', 'three times while it is read', ['success'], (s) =>
    s.readUnder({ fault: 'noAcknowledge', on: 'reset', times: 3 }),
  ),
  row('noAcknowledge', 'for ever, before anything', ['device.offline'], (s) =>
    s.readUnder({ fault: 'noAcknowledge', on: 'reset', times: ALWAYS }),
  ),
  // Twice is not once for a card that counts what it is told: where an ACK is missing nothing is sent again.
  row('noAcknowledge', 'once, of the first file', uncertain, (s) =>
    s.writeUnder({ fault: 'noAcknowledge', on: 'write' }),
  ),
  row('noAcknowledge', 'once, of the authorization', notWritten('device.offline'), (s) =>
    s.writeUnder({ fault: 'noAcknowledge', on: 'authorize' }),
  ),
  row('frameRefused', 'three times', written, (s) =>
    s.writeUnder({ fault: 'frameRefused', on: 'write', times: 3 }),
  ),
  row('frameRefused', 'for ever', ['device.offline'], (s) =>
    s.readUnder({ fault: 'frameRefused', on: 'reset', times: ALWAYS }),
  ),
  row('wrongCheck', 'three times', written, (s) =>
    s.writeUnder({ fault: 'wrongCheck', on: 'write', times: 3 }),
  ),
  row('wrongCheck', 'for ever', uncertain, (s) =>
    s.writeUnder({ fault: 'wrongCheck', on: 'write', times: ALWAYS }),
  ),
  row('wrongEcho', 'of a read', ['device.offline'], (s) => s.readUnder({ fault: 'wrongEcho', on: 'reset' })),
  row('wrongEcho', 'of a write', uncertain, (s) =>
    s.writeUnder({ fault: 'wrongEcho', on: 'write', skip: 1 }),
  ),
  row('lostByte', 'of a write', written, (s) =>
    s.writeUnder({ fault: 'lostByte', at: 4, on: 'write', times: 3 }),
  ),
  row('junkBefore', 'what is no frame', written, (s) =>
    s.writeUnder({ fault: 'junkBefore', bytes: [0x00, 0xff, 0x03], times: 10 }),
  ),
  row('junkBefore', 'what looks like the head of a frame', written, (s) =>
    s.writeUnder({ fault: 'junkBefore', bytes: [0xf2, 0x00, 0x00, 0x09, 0x50], on: 'write' }),
  ),
  row('answeredTwice', 'each answer', written, (s) =>
    s.writeUnder({ fault: 'answeredTwice', times: ALWAYS }),
  ),
  row('lateAnswer', 'behind the deadline', uncertain, (s) =>
    s.writeUnder({ fault: 'lateAnswer', on: 'write' }),
  ),
  row(
    'lateAnswer',
    'others wait meanwhile',
    ['inProgress', 'device.busy', 'success', 'contract.expired', 'notWritten', 'notFound'],
    ({ b }) => {
      const { challenge } = b.readMeter();
      b.reader.inject({ fault: 'lateAnswer', on: 'apdu' });
      const first = b.begin.read();
      const second = b.begin.release('late');
      const third = b.begin.write(sealed(PURCHASE, challenge), 'waits');
      const standing = b.inquire('waits').standing;
      b.expire('late');
      const [, , refused] = [b.begin.read(), b.begin.read(), b.begin.read()];
      b.reader.speak();
      b.settle(third);
      return [
        standing,
        metOf(b.settle(refused ?? [])),
        metOf(b.settle(first)),
        metOf(b.settle(second)),
        b.inquire('waits').standing,
        b.inquire('nobody').standing,
      ];
    },
  ),
  row('unplugged', 'in a read', ['device.offline'], (s) =>
    s.readUnder({ fault: 'unplugged', afterBytes: 2, on: 'apdu' }),
  ),
  row('unplugged', 'in the answer to the first file', uncertain, (s) =>
    s.writeUnder({ fault: 'unplugged', afterBytes: 9, on: 'write' }),
  ),
  ...[1, 7].map((bytes) => ({
    ...row('pieces', `of ${bytes} bytes`, written, (s) => s.writeUnder({ fault: 'pieces', bytes })),
    // What a HID reader says comes in whole reports.
    only: 'crt-591' as const,
  })),
  row('silent', 'before a read', ['device.offline'], (s) => s.readUnder({ fault: 'silent' })),
  row('restart', 'in a write', uncertain, (s) => s.writeUnder({ fault: 'restart', on: 'write', skip: 1 })),
  row('restart', 'while nobody looks', ['device.challengeStale', 'reopened'], ({ b }) => {
    const { challenge } = b.readMeter();
    b.reader.restart();
    b.pass(600);
    const { length } = b.seen.reopened;
    b.reconnect();
    return [metOf(b.write(sealed(PURCHASE, challenge))), length === 1 ? 'reopened' : 'not noticed'];
  }),
  ...Object.entries(ERRORS).map(([code, gives]) =>
    row('refused', `a reset of the card with ${code}`, [gives], (s) =>
      s.readUnder({ fault: 'refused', code, on: 'reset' }),
    ),
  ),
  ...Object.keys(ERRORS).map((code) =>
    row('refused', `the second file with ${code}: never called unwritten`, uncertain, (s) =>
      s.writeUnder({ fault: 'refused', code, on: 'write', skip: 1 }),
    ),
  ),
  ...Object.entries(ERRORS).map(([code, met]) =>
    row(
      'refused',
      `the first file with ${code}, and it is not done`,
      POWER_IS_GONE.includes(code) ? uncertain : notWritten(met),
      (s) => s.writeUnder({ fault: 'refused', code, on: 'write' }),
    ),
  ),
  ...Object.keys(ERRORS)
    .filter((code) => !NOTHING_DONE.includes(code))
    .map((code) =>
      row('refused', `the first file with ${code}, and it is done: never called unwritten`, uncertain, (s) =>
        s.writeUnder({ fault: 'refused', code, isDone: true, on: 'write' }),
      ),
    ),
  row('refused', 'three operations in a row', Array(3).fill('device.hardwareError'), (s) => {
    s.b.reader.inject({ fault: 'refused', code: '03', on: 'reset', times: ALWAYS });
    return [1, 2, 3].map(() => metOf(s.b.read()));
  }),
  row('jam', 'before it is read', ['device.cardJammed', 'jammed'], (s) => [
    ...s.readUnder({ fault: 'jam', how: 'stuck' }),
    s.b.status().media,
  ]),
  row('dirtyContacts', 'before a read', ['device.cardInvalid', 'hardwareError'], (s) => [
    ...s.readUnder({ fault: 'dirtyContacts' }),
    s.b.status().chipPower,
  ]),
  row('pulled', 'before its reset', ['device.cardNotPresent'], (s) =>
    s.readUnder({ fault: 'pulled', afterBytes: 0, on: 'status' }),
  ),
  row('pulled', 'in the first file', uncertain, (s) =>
    s.writeUnder({ fault: 'pulled', afterBytes: 20, on: 'write' }),
  ),
  row('pulled', 'after the last byte of the last file', uncertain, (s) =>
    s.writeUnder({ fault: 'pulled', afterBytes: ALWAYS, on: 'write', skip: 2 }),
  ),
  row('pulled', 'between read and write, and put back', ['device.challengeStale'], ({ b, card }) => {
    const { challenge } = b.readMeter();
    b.reader.inject({ fault: 'pulled', afterBytes: 0, on: 'status' });
    b.pass(1_100);
    b.insert(cardNamed(card));
    return [metOf(b.write(sealed(PURCHASE, challenge)))];
  }),
  row('swapped', 'for another card, between read and write', ['device.cardSwapped'], (s) => {
    const other = cardNamed(cardOf(PURCHASE, { serial: OTHER }));
    const { challenge } = s.b.readMeter();
    s.b.reader.inject({ fault: 'swapped', for: other, on: 'apdu' });
    s.b.write(sealed(PURCHASE, challenge));
    s.b.readMeter();
    return [metOf(s.b.write(sealed(PURCHASE, challenge)))];
  }),
  row('swapped', 'for what another station made of the same card', ['device.cardChanged'], ({ b }) => {
    const files = { ...PURCHASE.before.files, wallet: wallet(7_000, 200), returned: returned(200, 90) };
    b.reader.inject({ fault: 'swapped', for: cardNamed(testCard(files)), on: 'status' });
    b.pass(600);
    return [metOf(b.write(sealed(PURCHASE, b.readMeter().challenge)))];
  }),
  ...[0x6581, 0x6982, 0x6988].flatMap((word) => [
    row('statusWord', `${word.toString(16)} to the first write`, notWritten('device.cardRefused'), (s) =>
      s.writeUnder({ fault: 'statusWord', word, isDone: false, on: 'write' }),
    ),
    row('statusWord', `${word.toString(16)} to the second write`, uncertain, (s) =>
      s.writeUnder({ fault: 'statusWord', word, isDone: false, on: 'write', skip: 1 }),
    ),
    row('statusWord', `${word.toString(16)} to the last write, and it is done`, written, (s) =>
      s.writeUnder({ fault: 'statusWord', word, isDone: true, on: 'write', skip: 2 }),
    ),
  ]),
  row('statusWord', '9303: locked by its issuer', ['device.cardUnsupported'], (s) =>
    s.readUnder({ fault: 'statusWord', word: 0x9303, isDone: false, on: 'apdu', skip: 2 }),
  ),
  ...(['pscWrong', 'pscLocked'] as const).map((fault) =>
    row(fault, 'DEV-04 a bus card is read all the same', ['success', 'memory'], ({ name }) => {
      const b = withCard(name, createBusCard({ number: '1234567812345678', balanceFen: 1_250, loads: 3 }));
      b.reader.inject(fault === 'pscWrong' ? { fault, tries: 2 } : { fault });
      const { outcome, result } = b.read();
      return [outcome, (result as { card: string }).card];
    }),
  ),
];

const played = MODEL_NAMES.flatMap((name) =>
  ROWS.filter(({ only }) => only === undefined || only === name).map((row) => {
    const s = stage(name);
    const met = row.play(s);
    return { ...row, name, met, statuses: s.b.seen.statuses };
  }),
);

it.each(played)('DEV-02 CRD-003 CRD-004 $name $fault, $when: $gives', ({ met, gives }) => {
  expect(met).toEqual(gives);
});

it('DEV-02 every fault of the menu is played', () => {
  expect([...new Set(ROWS.map(({ fault }) => fault))].sort()).toEqual(Object.keys(FAULT_MENU).sort());
});

it('DEV-02 every error that the driver knows of the reader is played', () => {
  const source = readFileSync('drivers/card-reader-f2/refusals.ts', 'utf8');
  const known = [...source.matchAll(/^ {2}'?([0-9A-Z]{2})'?: /gm)].map(([, code]) => code);
  expect(known.length).toBeGreaterThan(25);
  expect(known.filter((code) => code && !(code in ERRORS))).toEqual([]);
});

it('DEV-02 every error code of a card is met', () => {
  const met = new Set(played.flatMap(({ met }) => met));
  const codes = Object.keys(WIRE_ERRORS).filter((code) => /^device\.(card|write|challenge)/.test(code));
  expect(codes.length).toBeGreaterThan(8);
  expect(codes.filter((code) => !met.has(code))).toEqual([]);
});

const literals = (union: object) => (union as TUnion).anyOf.map((each) => (each as { const: string }).const);

it.each(MODEL_NAMES)('CRD-007 %s: every value of the status is met', (name) => {
  for (const member of ['device', 'media', 'chipPower'] as const) {
    const own = played.filter((each) => each.name === name);
    const met = new Set<string>(own.flatMap(({ statuses }) => statuses.map((status) => status[member])));
    expect(
      literals(cardReader.status.properties[member]).filter((value) => !met.has(value)),
      member,
    ).toEqual([]);
  }
});
