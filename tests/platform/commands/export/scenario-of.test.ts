import { describe, expect, it } from 'vitest';
import { scenarioOf } from '../../../../platform/commands/export/scenario-of.ts';
import { problemsOf } from '../../../../simulators/world/read-scenario.ts';
import { orderId } from '../../../support/ids.ts';
import {
  CARRIER,
  carrierOf,
  jobOf,
  PHONE,
  printerOf,
  START,
  SYSTEM,
  smallPlatform,
  TELLER,
} from '../../../support/small-platform.ts';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const ID = orderId(1);

/** A platform on which a top-up was just asked for, at 09:00:00 in Shanghai; `to` lets time pass to so long after it. */
function asked() {
  const platform = smallPlatform();
  platform.pay(ID);
  return {
    platform,
    carrier: carrierOf(platform),
    printer: printerOf(platform),
    to: (ms: number) => platform.runTo(START + ms),
    exported() {
      const { scenario, untold } = scenarioOf(platform.order(ID));
      const [order] = scenario.orders;
      return {
        scenario,
        untold,
        conduct: order?.do === 'topup' ? order.conduct : undefined,
        faults: scenario.faults,
        operations: scenario.operations,
      };
    },
  };
}

type Asked = ReturnType<typeof asked>;

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

const told = { standing: 'succeeded', account: PHONE, amountFen: 5_000, counterpartNo: 'CM1' };
const charged = (more: object) => ({ upstream: 'charge', ...more });

/** What happened, and what must be derived from it; where nothing else is said there are no faults and nothing is left untold. */
const STORIES: {
  what: string;
  happens(story: Asked): void;
  conduct: unknown;
  faults?: object[];
  operations?: object[];
  untold?: RegExp[];
}[] = [
  {
    what: 'the reply was lost and an inquiry found out: lostReply',
    happens({ carrier, to }) {
      carrier.accepted(ID);
      to(41 * SECOND);
      carrier.told(ID, 1, told);
    },
    conduct: 'lostReply',
  },
  {
    what: 'no «accepted» in time: its loss',
    happens({ carrier, to }) {
      to(41 * SECOND);
      carrier.told(ID, 1, told);
    },
    conduct: 'lostReply',
    faults: [{ fault: 'NET-DROP', order: 'a', message: 'carrier.perform.accepted', nth: 1 }],
  },
  {
    what: 'completed without ever «accepted»: its loss, too',
    happens: ({ carrier }) => void carrier.succeeded(ID),
    conduct: 'success',
    faults: [{ fault: 'NET-DROP', order: 'a', message: 'carrier.perform.accepted', nth: 1 }],
  },
  {
    what: '«accepted» came late: its delay',
    happens({ carrier, to }) {
      to(12 * SECOND);
      carrier.accepted(ID);
      carrier.succeeded(ID);
    },
    conduct: charged({ delayMs: 12_000, tell: 'result' }),
    faults: [{ fault: 'NET-DELAY', order: 'a', message: 'carrier.perform.accepted', byMs: 12_000 }],
  },
  {
    what: 'an inquiry without an answer: the loss of that answer',
    happens({ carrier, to }) {
      carrier.accepted(ID);
      to(2 * MINUTE);
      carrier.told(ID, 3, told);
    },
    conduct: 'lostReply',
    faults: [1, 2].map((nth) => ({
      fault: 'NET-DROP',
      order: 'a',
      message: 'carrier.inquire.completed',
      nth,
    })),
  },
  {
    what: 'told late',
    happens({ carrier, to }) {
      carrier.accepted(ID);
      carrier.processing(ID, 'CM1');
      to(40 * MINUTE);
      carrier.succeeded(ID);
    },
    conduct: charged({ delayMs: 40 * MINUTE, processing: true, tell: 'result' }),
  },
  {
    what: 'decided between two inquiries, and told to the second',
    happens({ carrier, to }) {
      carrier.accepted(ID);
      carrier.processing(ID, 'CM1');
      to(45 * MINUTE);
      carrier.told(ID, 8, told);
    },
    conduct: charged({ delayMs: 37.5 * MINUTE, processing: true, tell: 'nothing' }),
  },
  {
    what: 'no such number',
    happens({ carrier }) {
      carrier.accepted(ID);
      carrier.failed(ID, 'counterpart.accountInvalid');
    },
    conduct: 'noSuchAccount',
  },
  {
    what: 'another decline, by its code',
    happens({ carrier }) {
      carrier.accepted(ID);
      carrier.failed(ID, 'counterpart.limitExceeded');
    },
    conduct: { upstream: 'decline', code: 'counterpart.limitExceeded', tell: 'result' },
  },
  {
    what: 'a decline that only an inquiry tells',
    happens({ carrier, to }) {
      carrier.accepted(ID);
      to(41 * SECOND);
      carrier.told(ID, 1, { standing: 'failed', errorCode: 'counterpart.declined' });
    },
    conduct: { upstream: 'decline', code: 'counterpart.declined', tell: 'nothing' },
  },
  {
    what: 'down',
    happens({ carrier }) {
      carrier.accepted(ID);
      carrier.failed(ID, 'counterpart.unreachable');
    },
    conduct: 'down',
  },
  {
    what: 'a time-out that had charged',
    happens({ carrier, to }) {
      carrier.accepted(ID);
      to(30 * SECOND);
      carrier.unknown(ID);
      to(41 * SECOND);
      carrier.told(ID, 1, told);
    },
    conduct: 'timeoutCharged',
  },
  {
    what: 'a time-out that had not charged: not found, twice',
    happens({ carrier, to }) {
      carrier.accepted(ID);
      to(30 * SECOND);
      carrier.unknown(ID);
      for (const n of [1, 2, 3, 4, 5, 6]) {
        to(([40, 60, 120, 300, 600, 900][n - 1] as number) * SECOND);
        carrier.told(ID, n, { standing: 'notFound' });
      }
    },
    conduct: 'timeoutNotCharged',
  },
  {
    what: 'a request that never arrived: its loss',
    happens({ carrier, to }) {
      for (const n of [1, 2, 3, 4, 5]) {
        to(([40, 60, 120, 300, 600][n - 1] as number) * SECOND);
        carrier.told(ID, n, { standing: 'notFound' });
      }
    },
    conduct: undefined,
    faults: [{ fault: 'NET-DROP', order: 'a', message: 'carrier.perform', nth: 1 }],
  },
  {
    what: 'another amount than was asked for',
    happens({ carrier, to }) {
      carrier.accepted(ID);
      carrier.succeeded(ID, { amountFen: 4_900 });
      to(41 * SECOND);
      carrier.told(ID, 1, told);
    },
    conduct: 'wrongAmount',
  },
  {
    what: 'still at work when it was exported',
    happens({ carrier, to }) {
      carrier.accepted(ID);
      carrier.processing(ID, 'CM1');
      to(5 * MINUTE);
    },
    conduct: 'processingForEver',
    untold: [/it is unknown: how it ends is not known yet/],
  },
  {
    what: 'settled by a person: what the carrier did is nobody’s knowledge',
    happens({ carrier, to, platform }) {
      carrier.accepted(ID);
      carrier.processing(ID, 'CM1');
      to(24 * HOUR);
      platform.command(SYSTEM, { type: 'resolve', order: ID, outcome: 'failed', evidence: 'by telephone' });
    },
    conduct: 'processingForEver',
    untold: [/a person settled it/],
  },
  {
    what: 'refused by the adapter: no conduct of the carrier’s',
    happens: ({ carrier }) => void carrier.failed(ID, 'contract.expired'),
    conduct: undefined,
    untold: [/contract\.expired/],
  },
  {
    what: 'the carrier was away when an inquiry was due',
    happens({ platform, carrier, to }) {
      carrier.accepted(ID);
      platform.offline(CARRIER);
      to(70 * SECOND);
      platform.online(CARRIER, 'carrier', 'epoch-2');
      platform.wakeDue();
      carrier.told(ID, 1, told);
    },
    conduct: 'lostReply',
    untold: [/not connected when 2 inquiries were due/],
  },
  {
    what: 'a person asked in between, and for a copy',
    happens({ platform, carrier, printer, to }) {
      carrier.accepted(ID);
      to(20 * SECOND);
      platform.command(TELLER, { type: 'inquire', order: ID });
      carrier.told(ID, 1, told);
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
  },
  {
    what: 'no paper for its receipt',
    happens({ carrier, printer }) {
      carrier.accepted(ID);
      carrier.succeeded(ID);
      printer.failed(ID, 'device.paperOut');
    },
    conduct: 'success',
    faults: [{ fault: 'PRN-PAPER', order: 'a', nth: 1, afterLines: 0, forMs: MINUTE }],
  },
  {
    what: 'a receipt that may have been printed',
    happens({ carrier, printer, to }) {
      carrier.accepted(ID);
      carrier.succeeded(ID);
      printer.accepted(ID);
      to(10 * MINUTE);
    },
    conduct: 'success',
    faults: [{ fault: 'PRN-UNKNOWN', order: 'a', nth: 1 }],
  },
  {
    what: 'an open cover',
    happens({ carrier, printer }) {
      carrier.accepted(ID);
      carrier.succeeded(ID);
      printer.failed(ID, 'device.coverOpen');
    },
    conduct: 'success',
    untold: [/sheet 1 .*device\.coverOpen/],
  },
];

it.each(STORIES.map((story) => [story.what, story] as const))('derives: %s', (_what, story) => {
  const run = asked();
  story.happens(run);
  const { scenario, conduct, faults, operations, untold } = run.exported();
  expect(problemsOf(scenario)).toEqual([]);
  expect(conduct).toEqual(story.conduct);
  expect(faults).toEqual(story.faults ?? []);
  expect(operations).toEqual(story.operations ?? []);
  expect(untold).toEqual((story.untold ?? []).map((what) => expect.stringMatching(what)));
});

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
