import { describe, expect, test } from 'vitest';
import { wireError } from '../../../../contracts/errors.ts';
import { MINUTE, SECOND } from '../../../../contracts/time.ts';
import { orderId } from '../../../support/ids.ts';
import {
  carrierOf,
  jobOf,
  OUTLET,
  PRINTER,
  printerOf,
  START,
  smallPlatform,
  TELLER,
} from '../../../support/small-platform.ts';

const A = orderId(1);
type Small = ReturnType<typeof smallPlatform>;

const ofType = (platform: Small, type: string) =>
  platform.published().filter((m) => m.correlation === A && m.type === `yizhan.printer.${type}`);
const prints = (platform: Small) => ofType(platform, 'print');
const questions = (platform: Small) => ofType(platform, 'inquire');
const reprint = (platform: Small, who = TELLER) => platform.command(who, { type: 'reprint', order: A });
/** An order that has just succeeded: its receipt has been asked for. */
const sold = (options: { printer?: boolean } = {}) => {
  const platform = smallPlatform(options);
  platform.pay(A);
  carrierOf(platform).succeeded(A);
  return { platform, printer: printerOf(platform) };
};

describe('DEV-01 a receipt is printed at the station that asked', () => {
  test('once the order has succeeded, under a key of its own, with a deadline', () => {
    const { platform } = sold();
    expect(prints(platform)).toEqual([
      expect.objectContaining({
        topic: `yz/1/dev/${OUTLET}/1/printer/req`,
        key: `${A}.p1`,
        correlation: A,
        expiry: START + 2 * MINUTE,
      }),
    ]);
    expect(jobOf(platform.order(A))).toMatchObject({ copy: 0, state: 'sent', device: 'printer' });
  });

  test('PRN-002 it is printed only when the driver says success', () => {
    const { platform, printer } = sold();
    printer.accepted(A);
    expect(jobOf(platform.order(A)).state).toBe('accepted');
    printer.printed(A);
    expect(jobOf(platform.order(A)).state).toBe('printed');
    platform.runTo(START + 10 * MINUTE);
    expect(questions(platform)).toEqual([]);
  });

  test('S13 a failing printer never changes money or the order’s state', () => {
    const { platform, printer } = sold();
    printer.failed(A, 'device.paperOut');
    expect(platform.order(A).state).toBe('succeeded');
    expect(platform.available()).toBe(95_000);
  });

  test('a printer that is not there: the job waits, and is sent when it comes', () => {
    const { platform } = sold({ printer: false });
    expect(prints(platform)).toEqual([]);
    expect(jobOf(platform.order(A)).state).toBe('waiting');
    platform.advance(30 * SECOND);
    platform.online(PRINTER, 'printer', 'epoch-2');
    platform.wakeDue();
    expect(prints(platform)).toHaveLength(1);
    expect(prints(platform)[0]?.expiry, 'the deadline is the job’s own').toBe(START + 2 * MINUTE);
  });

  test('a printer that comes too late prints nothing by itself', () => {
    const { platform } = sold({ printer: false });
    platform.runTo(START + 2 * MINUTE);
    expect(jobOf(platform.order(A))).toMatchObject({ state: 'failed', error: 'device.offline' });
    platform.online(PRINTER, 'printer', 'epoch-2');
    platform.runTo(START + 3 * MINUTE);
    expect(prints(platform)).toEqual([]);
  });

  test('a printer that came and went again before its turn: the job still waits to its end', () => {
    const { platform } = sold({ printer: false });
    platform.online(PRINTER, 'printer', 'epoch-2');
    platform.offline(PRINTER, 'epoch-2');
    platform.wakeDue();
    expect(jobOf(platform.order(A)).state).toBe('waiting');
    platform.runTo(START + 2 * MINUTE);
    expect(jobOf(platform.order(A)).state).toBe('failed');
    expect(platform.marks()).not.toContain('woken-for-nothing');
  });

  test('another station’s printer is no place for it', () => {
    const { platform } = sold({ printer: false });
    platform.online({ ...PRINTER, station: '2' }, 'printer');
    platform.online({ ...PRINTER, device: 'reader' }, 'cardReader');
    platform.wakeDue();
    expect(prints(platform)).toEqual([]);
  });
});

describe('DEV-01 a lost reply', () => {
  test('the driver is asked every 15 s; after twelve questions it is uncertain', () => {
    const { platform } = sold();
    platform.runTo(START + 13 * 15 * SECOND - 1);
    expect(questions(platform).map(({ time }) => (time - START) / SECOND)).toEqual(
      Array.from({ length: 12 }, (_, i) => 15 * (i + 1)),
    );
    expect(questions(platform)[2]).toMatchObject({ id: `${A}.p1.q3`, data: { originalKey: `${A}.p1` } });
    platform.runTo(START + 13 * 15 * SECOND);
    expect(jobOf(platform.order(A))).toMatchObject({ state: 'uncertain', error: 'device.printUncertain' });
    expect(prints(platform), 'never sent again without proof').toHaveLength(1);
    expect(platform.state.live.has(A)).toBe(false);
  });

  test('«not found» proves that it never arrived: the same key, the same lines, the same deadline again', () => {
    const { platform, printer } = sold();
    platform.runTo(START + 15 * SECOND);
    printer.told(A, 1, { standing: 'notFound' });
    const [first, second] = prints(platform);
    expect(prints(platform)).toHaveLength(2);
    expect(second).toMatchObject({ key: first?.key, expiry: first?.expiry, data: first?.data });
    expect(second?.id).not.toBe(first?.id);
    expect(platform.marks()).toContain('print-resent');
  });

  test('an old «not found» that comes twice sends nothing more', () => {
    const { platform, printer } = sold();
    platform.runTo(START + 15 * SECOND);
    printer.told(A, 1, { standing: 'notFound' });
    printer.told(A, 1, { standing: 'notFound' });
    platform.runTo(START + 40 * SECOND);
    printer.told(A, 1, { standing: 'notFound' });
    expect(prints(platform)).toHaveLength(2);
  });

  test('nothing is sent again after «accepted», whatever the driver’s books say then', () => {
    const { platform, printer } = sold();
    platform.runTo(START + 15 * SECOND);
    printer.accepted(A);
    printer.told(A, 1, { standing: 'notFound' });
    platform.runTo(START + 30 * SECOND);
    printer.told(A, 2, { standing: 'notFound' });
    expect(prints(platform)).toHaveLength(1);
    expect(jobOf(platform.order(A)).state).toBe('accepted');
  });

  test('S13 an old «not found» after the deadline does not make the next sheet an original again', () => {
    const { platform, printer } = sold();
    platform.runTo(START + 15 * SECOND);
    printer.told(A, 1, { standing: 'notFound' });
    printer.accepted(A, 1, 2);
    platform.runTo(START + 2 * MINUTE + SECOND);
    printer.told(A, 1, { standing: 'notFound' });
    expect(jobOf(platform.order(A)).state).toBe('accepted');
    platform.runTo(START + 10 * MINUTE);
    reprint(platform);
    expect(jobOf(platform.order(A), 2).copy).toBe(1);
  });

  test('«not found» after the deadline: it will never be printed, so the next is the original', () => {
    const { platform, printer } = sold();
    platform.runTo(START + 2 * MINUTE);
    printer.told(A, 8, { standing: 'notFound' });
    expect(jobOf(platform.order(A))).toMatchObject({ state: 'failed', error: 'contract.expired' });
    reprint(platform);
    expect(jobOf(platform.order(A), 2).copy).toBe(0);
  });

  test('«in progress» waits; «printed», «failed» and «uncertain» are believed', () => {
    const told = (result: object) => {
      const { platform, printer } = sold();
      platform.runTo(START + 15 * SECOND);
      printer.told(A, 1, result);
      return jobOf(platform.order(A));
    };
    expect(told({ standing: 'inProgress' }).state).toBe('sent');
    expect(told({ standing: 'printed' }).state).toBe('printed');
    expect(told({ standing: 'failed', errorCode: 'device.coverOpen' }).state).toBe('failed');
    expect(told({ standing: 'uncertain' }).state).toBe('uncertain');
  });

  test.each(['device.printUncertain', 'adapter.internal', 'device.madeUp', 'toString', undefined])(
    'the books’ «failed» with %s proves no white paper: uncertain',
    (errorCode) => {
      const { platform, printer } = sold();
      platform.runTo(START + 15 * SECOND);
      printer.told(A, 1, { standing: 'failed', ...(errorCode ? { errorCode } : {}) });
      expect(jobOf(platform.order(A)).state).toBe('uncertain');
    },
  );

  test('a proof that comes after «uncertain» is taken; after any other end nothing changes', () => {
    const { platform, printer } = sold();
    printer.completed(A, { outcome: 'unknown', error: wireError('device.printUncertain') });
    expect(jobOf(platform.order(A)).state).toBe('uncertain');
    printer.printed(A);
    expect(jobOf(platform.order(A)).state).toBe('printed');
    printer.failed(A, 'device.paperOut');
    printer.completed(A, { outcome: 'unknown', error: wireError('device.printUncertain') });
    expect(jobOf(platform.order(A)).state).toBe('printed');
  });

  test('what does not fit its schema is no reply', () => {
    const { platform, printer } = sold();
    printer.say(A, 'print.completed', `${A}.p1.1`, { outcome: 'success', result: { proof: 'trustMe' } });
    printer.say(A, 'inquire.completed', `${A}.p1.q1`, { outcome: 'success', result: {} });
    expect(jobOf(platform.order(A)).state).toBe('sent');
  });

  test('a reply from another station is not about the job', () => {
    const { platform } = sold();
    printerOf(platform, { ...PRINTER, station: '2' }).printed(A);
    printerOf(platform, { ...PRINTER, outlet: '51010002' }).printed(A);
    expect(jobOf(platform.order(A)).state).toBe('sent');
  });

  test('after a restart the driver is asked, and nothing is sent again', () => {
    const { platform, printer } = sold();
    printer.accepted(A);
    platform.advance(SECOND);
    platform.feed({ kind: 'started', epoch: 'platform-2' });
    platform.online(PRINTER, 'printer', 'epoch-2');
    platform.runTo(START + 15 * SECOND);
    expect(prints(platform)).toHaveLength(1);
    expect(questions(platform)).toHaveLength(1);
  });
});
