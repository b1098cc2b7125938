import { describe, expect, it } from 'vitest';
import { scenarioOf } from '../../../../platform/commands/export/scenario-of.ts';
import {
  carrierOf,
  jobOf,
  PHONE,
  START,
  SYSTEM,
  smallPlatform,
  TELLER,
} from '../../../support/small-platform.ts';
import { asked, expectDerived, FOUND, HOUR, ID, MINUTE, SECOND } from './a-story.ts';

describe('an order’s story as a scenario', () => {
  it('says when it was asked for and how much, in a world that stands by then', () => {
    const { carrier, exported } = asked();
    carrier.accepted(ID);
    carrier.succeeded(ID);
    expect(exported()).toMatchObject({ untold: [], faults: [], operations: [] });
    expect(exported().scenario).toEqual({
      v: 1,
      seed: 1,
      world: { start: '2026-11-23 08:00:00', hours: 2, stations: 1, creditFen: 1_000_000 },
      orders: [
        {
          name: 'a',
          at: '09:00:00',
          station: 1,
          do: 'topup',
          account: '13808005678',
          fen: 5_000,
          conduct: 'success',
        },
      ],
      operations: [],
      faults: [],
    });
  });

  it('ACC-04 holds no number, name or id of anybody, whatever happened', () => {
    const { carrier, to, exported, platform } = asked();
    carrier.accepted(ID);
    to(20 * MINUTE);
    carrier.told(ID, 6, { standing: 'succeeded', account: PHONE, amountFen: 5_000, counterpartNo: 'CM42' });
    const order = platform.order(ID);
    const text = JSON.stringify(exported().scenario);
    const { organisation, operator } = order.by;
    for (const secret of [PHONE, 'CM42', ID, organisation, operator, order.journalNo, order.receipt?.number])
      expect(text).not.toContain(secret);
  });

  it('of an order just after midnight names the day it starts and the day after', () => {
    const platform = smallPlatform();
    platform.runTo(START + 15 * HOUR + 30 * SECOND);
    platform.pay(ID);
    const carrier = carrierOf(platform);
    carrier.accepted(ID);
    carrier.succeeded(ID);
    const { scenario } = scenarioOf(platform.order(ID));
    expect(scenario.world).toMatchObject({ start: '2026-11-23 23:00:00', hours: 2 });
    expect(scenario.orders[0]?.at).toBe('+1d 00:00:30');
  });

  it('is of a top-up only', () => {
    const platform = smallPlatform();
    expect(() => scenarioOf(platform.order('01JCREDT000000000000000000'))).toThrow(
      /is a creditPurchase: only a top-up/,
    );
  });
});

it('a person asked in between, and for a copy', () =>
  expectDerived({
    what: 'a person asked in between, and for a copy',
    happens({ platform, carrier, printer, to }) {
      carrier.accepted(ID);
      to(20 * SECOND);
      platform.command(TELLER, { type: 'inquire', order: ID });
      carrier.told(ID, 1, FOUND);
      printer.accepted(ID);
      printer.printed(ID);
      to(5 * MINUTE);
      platform.command(TELLER, { type: 'reprint', order: ID });
    },
    conduct: 'lostReply',
    operations: [
      { at: '09:00:20', do: 'inquire', of: 'a' },
      { at: '09:05:00', do: 'reprint', of: 'a' },
    ],
  }));

it('the day that somebody had cut by hand is cut by hand', () => {
  const platform = smallPlatform();
  platform.command(SYSTEM, { type: 'cutDay' });
  platform.pay(ID);
  const { scenario } = scenarioOf(platform.order(ID));
  expect(scenario.operations).toEqual([{ at: '08:59:00', do: 'cutDay' }]);
});

it('a copy that was asked for after the longest world’s end is left out, and that is said', () => {
  const { platform, carrier, printer } = asked();
  carrier.accepted(ID);
  carrier.succeeded(ID);
  printer.accepted(ID);
  printer.printed(ID);
  const order = platform.order(ID);
  const copy = { no: 2, copy: 1, requestedAt: START + 80 * HOUR, state: 'uncertain' } as const;
  const { scenario, untold } = scenarioOf({
    ...order,
    prints: [...order.prints, { ...jobOf(order), ...copy }],
  });
  expect([scenario.faults, scenario.operations, scenario.world.hours]).toEqual([[], [], 2]);
  expect(untold).toEqual([expect.stringMatching(/1 copies .* 72 hours/)]);
});
