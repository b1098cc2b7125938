import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { TUnion } from 'typebox';
import { expect, it } from 'vitest';
import { printer as printerClass } from '../../../contracts/devices/printer.ts';
import { WIRE_ERRORS } from '../../../contracts/errors.ts';
import type { Completion } from '../../../contracts/operation.ts';
import { createEscposDriver } from '../../../drivers/printer-escpos/driver.ts';
import { MODELS, type ModelName } from '../../../drivers/printer-escpos/models.ts';
import type { PrinterStatus } from '../../../drivers/printer-escpos/status-words.ts';
import {
  FAULT_MENU,
  injectPrinterFault,
  mendPrinter,
  type PrinterFault,
} from '../../../simulators/devices/printer/faults.ts';
import { createPrinter } from '../../../simulators/devices/printer/interpreter.ts';
import { CLONE_58, EPSON_80 } from '../../../simulators/devices/printer/models.ts';

/** Polls after which every job has ended, whatever its printer does. */
const LONG = 60;
const LINES = ['便民服务站', '小票 A', '充值 ¥100.00', '谢谢'].map((text) => ({ text }));

/** Before the first byte of a job; after so many bytes of it; or after all of them. */
type When = 'before' | number | 'behind';

interface Row {
  model: ModelName;
  fault: PrinterFault;
  when: When;
  gives: string;
}

const both = (fault: PrinterFault, when: When, gives: string): Row[] =>
  (['epson-80', 'clone-58'] as const).map((model) => ({ model, fault, when, gives }));

const ROWS: Row[] = [
  ...both({ fault: 'paperOut' }, 'before', 'device.paperOut none'),
  ...both({ fault: 'paperOut' }, 25, 'device.printIncomplete applied'),
  ...both({ fault: 'paperOutAfter', lines: 2 }, 'before', 'device.printIncomplete applied'),
  // The sensor speaks before the last line: the proof was on its way, and nobody can say.
  { model: 'clone-58', fault: { fault: 'paperOut' }, when: 'behind', gives: 'device.printUncertain unknown' },
  ...both({ fault: 'nearEnd' }, 'before', 'success'),
  ...both({ fault: 'nearEnd' }, 25, 'success'),
  ...both({ fault: 'coverOpen' }, 'before', 'device.coverOpen none'),
  ...both({ fault: 'coverOpen' }, 25, 'device.printIncomplete applied'),
  { model: 'epson-80', fault: { fault: 'cutterJam' }, when: 25, gives: 'device.printIncomplete applied' },
  ...both({ fault: 'broken' }, 'before', 'device.hardwareError none'),
  ...both({ fault: 'broken' }, 25, 'device.printIncomplete applied'),
  ...both({ fault: 'hotHead' }, 'before', 'device.busy none'),
  // It pauses and goes on: while it does neither, nothing is claimed.
  ...both({ fault: 'hotHead' }, 25, 'device.printUncertain unknown'),
  ...both({ fault: 'mute' }, 'before', 'device.offline none'),
  ...both({ fault: 'mute' }, 25, 'device.printUncertain unknown'),
  ...both({ fault: 'powerOff' }, 'before', 'device.offline none'),
  ...both({ fault: 'powerOff' }, 25, 'device.printUncertain unknown'),
];

function play({ model, fault, when }: Row) {
  const emulator = createPrinter({
    model: model === 'epson-80' ? EPSON_80 : CLONE_58,
    output: (bytes) => driver.bytes(bytes),
  });
  const cable: number[] = [];
  const met: string[] = [];
  const statuses: PrinterStatus[] = [];
  let isSlow = false;
  const driver = createEscposDriver({
    model: MODELS[model],
    port: {
      write: (bytes) => (isSlow ? cable.push(...bytes) : emulator.input(bytes)),
      setTimer() {},
      statusChanged: () => statuses.push(driver.status() as PrinterStatus),
      reopen() {},
    },
  });
  const tick = (times: number) => {
    for (; times > 0; times--) driver.timer();
  };
  const pass = (count: number) => emulator.input(Uint8Array.from(cable.splice(0, count)));
  statuses.push(driver.status() as PrinterStatus);
  driver.opened();

  if (when === 'before') injectPrinterFault(emulator, fault);
  isSlow = typeof when === 'number';
  driver.command({
    operation: 'print',
    key: 'A',
    data: { lines: LINES, cut: true },
    expiry: 0,
    processing() {},
    late: () => false,
    complete: ({ outcome, error }: Completion) => met.push(error ? `${error.code} ${error.effect}` : outcome),
  });
  if (typeof when === 'number') {
    // The status before the job, then as much of the job.
    pass(12);
    pass(when);
    injectPrinterFault(emulator, fault);
    isSlow = false;
    pass(cable.length);
  }
  if (when === 'behind') injectPrinterFault(emulator, fault);
  tick(LONG);
  const [first] = met;
  const copies = () => emulator.papers.filter(({ text }) => text.includes('谢谢')).length;
  const before = copies();
  mendPrinter(emulator);
  driver.lost('mended');
  driver.opened();
  tick(LONG);
  return { met: first, ends: met.length, after: copies() - before, copies: copies(), statuses };
}

const played = ROWS.map((row) => ({ ...row, ...play(row) }));
const nameOf = ({ model, fault, when }: Row) => `${model}, ${JSON.stringify(fault)}, ${when}`;

it.each(played.map((each) => [nameOf(each), each] as const))(
  'PRN-002 PRN-003 PRN-004 %s: one end, as the device proved it',
  (_, { met, gives, ends }) => {
    expect(met).toBe(gives);
    expect(ends).toBe(1);
  },
);

it.each(played.map((each) => [nameOf(each), each] as const))(
  'PRN-001 %s: whatever came of it, it is on the paper at most once, and mending brings out no more of it',
  (_, { met, after, copies }) => {
    expect(after).toBe(0);
    expect(copies).toBeLessThanOrEqual(1);
    if (met?.endsWith(' none')) expect(copies, 'nothing was printed').toBe(0);
    if (met === 'success') expect(copies).toBe(1);
  },
);

it('DEV-01 every fault of the menu is played', () => {
  expect([...new Set(ROWS.map(({ fault }) => fault.fault))].sort()).toEqual(Object.keys(FAULT_MENU).sort());
});

/** Codes that no fault of a printer can be the reason of. */
const NOT_OF_A_FAULT: Record<string, string> = {
  'contract.expired':
    'the job waited too long: the host’s time (tests/drivers/printer-escpos/driver.test.ts)',
  'contract.notFound': 'an answer to a question about a key that never was',
  'device.paperJammed': 'seen only by the job after the one that jammed the cutter (below)',
};

it('DEV-01 every error code that the driver knows is met by a fault of the menu, or has a reason why not', () => {
  const folder = 'drivers/printer-escpos';
  const source = readdirSync(folder)
    .map((file) => readFileSync(join(folder, file), 'utf8'))
    .join('\n');
  const known = Object.keys(WIRE_ERRORS).filter((code) => source.includes(`'${code}'`));
  expect(known.length).toBeGreaterThan(8);
  const met = new Set(played.map(({ met }) => met?.split(' ')[0] ?? ''));
  expect(known.filter((code) => !met.has(code) && !(code in NOT_OF_A_FAULT))).toEqual([]);
  // What the contract says of paper and prints is this class's alone: a new code has to be met, too.
  const own = Object.keys(WIRE_ERRORS).filter((code) => /^device\.(paper|cover|print)/.test(code));
  expect(own.filter((code) => !met.has(code) && !(code in NOT_OF_A_FAULT))).toEqual([]);
});

const literals = (union: object) => (union as TUnion).anyOf.map((each) => (each as { const: string }).const);

it.each(['device', 'paper', 'cover'] as const)(
  'PRN-005 every value of the status’s «%s» is met',
  (member) => {
    const met = new Set<string>(played.flatMap(({ statuses }) => statuses.map((status) => status[member])));
    expect(literals(printerClass.status.properties[member]).filter((value) => !met.has(value))).toEqual([]);
  },
);
