import { describe, expect, test } from 'vitest';
import { wireError } from '../../../../contracts/errors.ts';
import { orderId } from '../../../support/ids.ts';
import {
  carrierOf,
  jobOf,
  OUTLET,
  PRINTER,
  printerOf,
  smallPlatform,
  TELLER,
} from '../../../support/small-platform.ts';

const A = orderId(1);
type Small = ReturnType<typeof smallPlatform>;

const ofType = (platform: Small, type: string) =>
  platform.published().filter((m) => m.correlation === A && m.type === `yizhan.printer.${type}`);
const prints = (platform: Small) => ofType(platform, 'print');
const reprint = (platform: Small, who = TELLER) => platform.command(who, { type: 'reprint', order: A });
const textOf = (message: { data: unknown } | undefined) => {
  const { lines } = (message?.data ?? { lines: [] }) as { lines: { text: string }[] };
  return lines.map((line) => line.text).join('\n');
};

/** An order that has just succeeded: its receipt has been asked for. */
const sold = (options: { printer?: boolean } = {}) => {
  const platform = smallPlatform(options);
  platform.pay(A);
  carrierOf(platform).succeeded(A);
  return { platform, printer: printerOf(platform) };
};

describe('REP-14 reprints', () => {
  const reprinted = (outcome: (printer: ReturnType<typeof printerOf>) => void) => {
    const { platform, printer } = sold();
    outcome(printer);
    expect(reprint(platform)).toMatchObject({ ok: true });
    return { platform, printer };
  };

  test('are marked and counted on the paper', () => {
    const { platform, printer } = reprinted((p) => p.printed(A));
    printer.printed(A, 2);
    reprint(platform);
    expect(platform.order(A).prints.map((job) => job.copy)).toEqual([0, 1, 2]);
    expect(textOf(prints(platform)[0])).not.toContain('COPY');
    expect(textOf(prints(platform)[1])).toContain('** 补打 第1次 COPY 1 **');
    expect(textOf(prints(platform)[2])).toContain('** 补打 第2次 COPY 2 **');
  });

  test('an original proven unprinted: the next is the original again', () => {
    const { platform } = reprinted((p) => p.failed(A, 'device.paperOut'));
    expect(jobOf(platform.order(A), 2)).toMatchObject({ copy: 0, key: `${A}.p2` });
    expect(textOf(prints(platform)[1])).not.toContain('COPY');
  });

  test.each([
    [
      'uncertain',
      (p: ReturnType<typeof printerOf>) =>
        p.completed(A, { outcome: 'unknown', error: wireError('device.printUncertain') }),
    ],
    ['printed in part', (p: ReturnType<typeof printerOf>) => p.failed(A, 'device.printIncomplete')],
    [
      'said to have failed by a code that says «unknown»',
      (p: ReturnType<typeof printerOf>) =>
        p.completed(A, { outcome: 'failure', error: wireError('device.paperOut', { effect: 'unknown' }) }),
    ],
  ])('an original that is %s may be on the paper: the next is a copy', (_, outcome) => {
    const { platform } = reprinted(outcome);
    expect(jobOf(platform.order(A), 2).copy).toBe(1);
  });

  test('an original that turns out unprinted after its copy went out: no two sheets bear one number', () => {
    const { platform, printer } = reprinted((p) =>
      p.completed(A, { outcome: 'unknown', error: wireError('device.printUncertain') }),
    );
    printer.printed(A, 2);
    printer.failed(A, 'device.paperOut');
    reprint(platform);
    expect(platform.order(A).prints.map(({ copy, state }) => [copy, state])).toEqual([
      [0, 'failed'],
      [1, 'printed'],
      [2, 'sent'],
    ]);
  });

  test('one sheet at a time', () => {
    const { platform } = sold();
    expect(reprint(platform)).toMatchObject({ ok: false, code: 'platform.printing' });
  });

  test('only a success has a receipt', () => {
    const platform = smallPlatform();
    platform.pay(A);
    expect(reprint(platform)).toMatchObject({ ok: false, code: 'platform.noReceipt' });
    carrierOf(platform).failed(A, 'counterpart.declined');
    expect(reprint(platform)).toMatchObject({ ok: false, code: 'platform.noReceipt' });
  });

  test('comes out where it was asked for', () => {
    const { platform, printer } = sold();
    printer.printed(A);
    platform.online({ ...PRINTER, station: '2' }, 'printer');
    reprint(platform, { ...TELLER, station: '2' } as typeof TELLER);
    expect(prints(platform)[1]?.topic).toBe(`yz/1/dev/${OUTLET}/2/printer/req`);
  });
});
