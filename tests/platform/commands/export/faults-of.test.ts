import { it } from 'vitest';
import { CARRIER } from '../../../support/small-platform.ts';
import { type AStory, expectDerived, FOUND, ID, MINUTE, SECOND } from './a-story.ts';

const charged = (more: object) => ({ upstream: 'charge', ...more });

/** What went wrong on the way and at the printer. */
const STORIES: AStory[] = [
  {
    what: 'no «accepted» in time: its loss',
    happens({ carrier, to }) {
      to(41 * SECOND);
      carrier.told(ID, 1, FOUND);
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
      carrier.told(ID, 3, FOUND);
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
    what: 'the carrier was away when an inquiry was due',
    happens({ platform, carrier, to }) {
      carrier.accepted(ID);
      platform.offline(CARRIER);
      to(70 * SECOND);
      platform.online(CARRIER, 'carrier', 'epoch-2');
      platform.wakeDue();
      carrier.told(ID, 1, FOUND);
    },
    conduct: 'lostReply',
    untold: [/not connected when 2 inquiries were due/],
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

it.each(STORIES.map((story) => [story.what, story] as const))('derives: %s', (_what, story) =>
  expectDerived(story),
);
