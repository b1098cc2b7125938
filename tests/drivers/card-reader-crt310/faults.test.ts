import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { TUnion } from 'typebox';
import { expect, it } from 'vitest';
import { cardReader } from '../../../contracts/devices/card-reader.ts';
import { WIRE_ERRORS } from '../../../contracts/errors.ts';
import type { Completion } from '../../../contracts/operation.ts';
import {
  FAULT_MENU,
  type Crt310Fault as Fault,
} from '../../../simulators/devices/card-reader-crt310/faults.ts';
import { createBusCard } from '../../../simulators/devices/cards/bus-card.ts';
import type { Card } from '../../../simulators/devices/cards/chip.ts';
import { cardOf, PURCHASE, sealed } from '../card-reader/bench.ts';
import { returned, type TestCard, testCard, wallet } from '../card-reader/test-card.ts';
import { type Bench, withCard } from './bench.ts';

const ALWAYS = Number.POSITIVE_INFINITY;
const OTHER = '8899AABBCCDDEEFF';

/** What a fault made of an operation: its result in one word, an error code, or a standing that was inquired. */
type Met = string;

interface Stage {
  b: Bench;
  card: TestCard;
  /** Reads the card, then the fault, then writes to it: the whole way of a sale. */
  writeUnder(...faults: Fault[]): Met[];
  /** The fault, then the read. */
  readUnder(...faults: Fault[]): Met[];
}

interface Row {
  fault: Fault['fault'];
  when: string;
  play(stage: Stage): Met[];
  gives: Met[];
}

const metOf = ({ outcome, error }: Completion): Met => error?.code ?? outcome;
const cardNamed = (chip: TestCard): Card => ({ name: '另一张', chip });

function stage(): Stage {
  const card = cardOf(PURCHASE);
  const b = withCard(card);
  return {
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

/** Each fault of the menu in the operations that it can strike, and what the class says of it. */
const ROWS: Row[] = [
  row('noAcknowledge', 'three times in each command', written, (s) =>
    s.writeUnder({ fault: 'noAcknowledge', times: 3 }),
  ),
  row('noAcknowledge', 'for ever, before the first byte', notWritten('device.offline'), (s) =>
    s.writeUnder({ fault: 'noAcknowledge', on: 'apdu', times: ALWAYS }),
  ),
  row('noAcknowledge', 'for ever, from the first file on', uncertain, (s) =>
    s.writeUnder({ fault: 'noAcknowledge', on: 'write', times: ALWAYS }),
  ),
  row(
    'enquiryLost',
    'of the first file: it is never done, not even later',
    [...uncertain, 'unwritten'],
    (s) => {
      const met = s.writeUnder({ fault: 'enquiryLost', on: 'write' });
      s.b.reconnect();
      s.b.readMeter();
      return [...met, s.card.writes === 0 ? 'unwritten' : 'written after all'];
    },
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
  row('junkBefore', 'what looks like the head of a long frame', written, (s) =>
    s.writeUnder({ fault: 'junkBefore', bytes: [0x02, 0x01, 0x00, 0x37], on: 'write' }),
  ),
  row('junkBefore', 'single bytes of the handshake', written, (s) =>
    s.writeUnder({ fault: 'junkBefore', bytes: [0x06, 0x15, 0x04, 0xff], times: 10 }),
  ),
  row('answeredTwice', 'each answer', written, (s) =>
    s.writeUnder({ fault: 'answeredTwice', times: ALWAYS }),
  ),
  row('lateAnswer', 'behind the cancel', uncertain, (s) =>
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
  row('wrongCount', 'of the answer to reset', ['device.hardwareError'], (s) =>
    s.readUnder({ fault: 'wrongCount', on: 'reset' }),
  ),
  row('wrongCount', 'of the last write, which reading back proves', written, (s) =>
    s.writeUnder({ fault: 'wrongCount', on: 'write', skip: 2 }),
  ),
  row('unplugged', 'in a read', ['device.offline'], (s) =>
    s.readUnder({ fault: 'unplugged', afterBytes: 2, on: 'apdu' }),
  ),
  row('unplugged', 'in the last byte of the first file’s answer', uncertain, (s) =>
    s.writeUnder({ fault: 'unplugged', afterBytes: 9, on: 'write' }),
  ),
  row('pieces', 'one byte at a time', written, (s) => s.writeUnder({ fault: 'pieces', bytes: 1 })),
  row('pieces', 'seven at a time', written, (s) => s.writeUnder({ fault: 'pieces', bytes: 7 })),
  row('merged', 'each first acknowledgement', written, (s) => s.writeUnder({ fault: 'merged', times: 40 })),
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
  row('cannot', 'three operations in a row', Array(3).fill('device.hardwareError'), (s) => {
    s.b.reader.inject({ fault: 'cannot', reason: 2, on: 'move', times: ALWAYS });
    return [1, 2, 3].map(() => metOf(s.b.read()));
  }),
  row('cannot', 'of a first write, unchanged when it is read back', notWritten('device.hardwareError'), (s) =>
    s.writeUnder({ fault: 'cannot', reason: 4, on: 'write' }),
  ),
  row('supply', 'too low', ['device.hardwareError'], (s) => s.readUnder({ fault: 'supply', is: 'low' })),
  row('supply', 'off', ['device.hardwareError'], (s) => s.readUnder({ fault: 'supply', is: 'off' })),
  row('jam', 'a card that does not move', ['device.cardJammed'], (s) =>
    s.readUnder({ fault: 'jam', how: 'stuck' }),
  ),
  row('jam', 'a card that can’t be given back', ['device.cardJammed'], ({ b }) => {
    b.reader.inject({ fault: 'jam', how: 'stuck' });
    return [metOf(b.release())];
  }),
  row('jam', 'a card that is too long', ['device.cardJammed', 'jammed'], (s) => [
    ...s.readUnder({ fault: 'jam', how: 'long' }),
    s.b.status().media,
  ]),
  row('jam', 'a card that is too short', ['device.cardJammed'], (s) =>
    s.readUnder({ fault: 'jam', how: 'short' }),
  ),
  row('dirtyContacts', 'before a read', ['device.cardInvalid', 'hardwareError'], (s) => [
    ...s.readUnder({ fault: 'dirtyContacts' }),
    s.b.status().chipPower,
  ]),
  row('pulled', 'before its reset', ['device.cardNotPresent'], (s) =>
    s.readUnder({ fault: 'pulled', afterBytes: 0, on: 'move' }),
  ),
  row('pulled', 'in the first file', uncertain, (s) =>
    s.writeUnder({ fault: 'pulled', afterBytes: 20, on: 'write' }),
  ),
  row('pulled', 'after the last byte of the last file', uncertain, (s) =>
    s.writeUnder({ fault: 'pulled', afterBytes: ALWAYS, on: 'write', skip: 2 }),
  ),
  row(
    'swapped',
    'for another card, between read and write',
    ['device.cardInvalid', 'device.cardSwapped'],
    (s) => {
      const other = cardNamed(cardOf(PURCHASE, { serial: OTHER }));
      const { challenge } = s.b.readMeter();
      s.b.reader.inject({ fault: 'swapped', for: other, on: 'apdu' });
      const first = metOf(s.b.write(sealed(PURCHASE, challenge)));
      s.b.readMeter();
      return [first, metOf(s.b.write(sealed(PURCHASE, challenge)))];
    },
  ),
  row('swapped', 'for what another station made of the same card', ['device.cardChanged'], ({ b }) => {
    const files = { ...PURCHASE.before.files, wallet: wallet(7_000, 200), returned: returned(200, 90) };
    b.reader.inject({ fault: 'swapped', for: cardNamed(testCard(files)), on: 'status' });
    b.pass(600);
    return [metOf(b.write(sealed(PURCHASE, b.readMeter().challenge)))];
  }),
  row('pulled', 'between read and write, and put back', ['device.challengeStale'], ({ b, card }) => {
    const { challenge } = b.readMeter();
    b.reader.inject({ fault: 'pulled', afterBytes: 0, on: 'status' });
    b.pass(1_100);
    b.insert(cardNamed(card));
    return [metOf(b.write(sealed(PURCHASE, challenge)))];
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
  row('statusWord', '63C2 to the authorization', notWritten('device.cardRefused'), (s) =>
    s.writeUnder({ fault: 'statusWord', word: 0x63c2, isDone: false, on: 'authorize' }),
  ),
  row('statusWord', '9303: locked by its issuer', ['device.cardUnsupported'], (s) =>
    s.readUnder({ fault: 'statusWord', word: 0x9303, isDone: false, on: 'apdu', skip: 2 }),
  ),
  row('statusWord', '6F00 to a read', ['device.cardInvalid'], (s) =>
    s.readUnder({ fault: 'statusWord', word: 0x6f00, isDone: false, on: 'apdu', skip: 3 }),
  ),
  ...(['pscWrong', 'pscLocked'] as const).map((fault) =>
    row(fault, 'DEV-04 a bus card is read all the same', ['success', 'memory'], () => {
      const b = withCard(createBusCard({ number: '1234567812345678', balanceFen: 1_250, loads: 3 }));
      b.reader.inject(fault === 'pscWrong' ? { fault, tries: 2 } : { fault });
      const { outcome, result } = b.read();
      return [outcome, (result as { card: string }).card];
    }),
  ),
];

const played = ROWS.map((row) => {
  const s = stage();
  const met = row.play(s);
  return { ...row, met, statuses: s.b.seen.statuses };
});

it.each(played)('DEV-02 CRD-003 CRD-004 $fault, $when: $gives', ({ met, gives }) => {
  expect(met).toEqual(gives);
});

it('DEV-02 every fault of the menu is played', () => {
  expect([...new Set(ROWS.map(({ fault }) => fault))].sort()).toEqual(Object.keys(FAULT_MENU).sort());
  for (const meaning of Object.values(FAULT_MENU)) expect(meaning.length).toBeGreaterThan(20);
});

/** Codes that no fault of a reader or card can be the reason of. */
const NOT_OF_A_FAULT: Record<string, string> = {
  'contract.invalidData':
    'the request itself does not fit the card: its maker’s fault (tests/drivers/card-reader/write-card.test.ts)',
  'contract.notFound': 'beside the standing «notFound», which is met: an answer to a question, no failure',
};

it('DEV-02 every error code that a card reader’s driver knows is met by a fault of the menu, or has a reason why not', () => {
  const folder = 'drivers/card-reader';
  const source = readdirSync(folder)
    .map((file) => readFileSync(join(folder, file), 'utf8'))
    .join('\n');
  const known = Object.keys(WIRE_ERRORS).filter((code) => source.includes(`'${code}'`));
  expect(known.length).toBeGreaterThan(12);
  const met = new Set(played.flatMap(({ met }) => met));
  const missing = known.filter((code) => !met.has(code) && !(code in NOT_OF_A_FAULT));
  expect(missing).toEqual([]);
  expect(Object.keys(NOT_OF_A_FAULT).filter((code) => met.has(code) || !known.includes(code))).toEqual([]);
  // What the contract calls a card's is this class's alone: a new code has to be met, too.
  const cardCodes = Object.keys(WIRE_ERRORS).filter((code) => /^device\.(card|write|challenge)/.test(code));
  expect(cardCodes.filter((code) => !met.has(code))).toEqual([]);
});

const literals = (union: object) => (union as TUnion).anyOf.map((each) => (each as { const: string }).const);

it('DEV-02 every standing of an inquiry is met', () => {
  const met = new Set(played.flatMap(({ met }) => met));
  const standings = literals(cardReader.operations.inquire.result.properties.standing);
  expect(standings.filter((standing) => !met.has(standing))).toEqual([]);
});

it.each(['device', 'media', 'chipPower'] as const)(
  'CRD-007 every value of the status’s «%s» is met',
  (member) => {
    const met = new Set<string>(played.flatMap(({ statuses }) => statuses.map((status) => status[member])));
    const values = literals(cardReader.status.properties[member]);
    expect(values.filter((value) => !met.has(value))).toEqual([]);
  },
);
