import { it } from 'vitest';
import { SYSTEM } from '../../../support/small-platform.ts';
import { type AStory, expectDerived, FOUND, HOUR, ID, MINUTE, SECOND } from './a-story.ts';

const charged = (more: object) => ({ upstream: 'charge', ...more });

/** How the carrier behaved. */
const STORIES: AStory[] = [
  {
    what: 'the reply was lost and an inquiry found out: lostReply',
    happens({ carrier, to }) {
      carrier.accepted(ID);
      to(41 * SECOND);
      carrier.told(ID, 1, FOUND);
    },
    conduct: 'lostReply',
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
      carrier.told(ID, 8, FOUND);
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
      carrier.told(ID, 1, FOUND);
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
    what: 'another amount than was asked for',
    happens({ carrier, to }) {
      carrier.accepted(ID);
      carrier.succeeded(ID, { amountFen: 4_900 });
      to(41 * SECOND);
      carrier.told(ID, 1, FOUND);
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
];

it.each(STORIES.map((story) => [story.what, story] as const))('derives: %s', (_what, story) =>
  expectDerived(story),
);
