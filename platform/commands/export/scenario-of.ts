import { HOUR, MINUTE } from '../../../contracts/time.ts';
import type { Operation, Scenario } from '../../../simulators/world/scenario.ts';
import { instantText } from '../../../simulators/world/scenario-time.ts';
import { businessDateAt, formatLocal, nextDate } from '../../core/calendar.ts';
import { CUT_AFTER } from '../../core/flows/day.ts';
import type { Order } from '../../core/order.ts';
import { serviceOf } from '../../core/services/index.ts';
import { UsageError } from '../options.ts';
import { conductOf } from './conduct-of.ts';
import { faultsOf } from './faults-of.ts';
import { type Story, storyOf } from './story.ts';

const NAME = 'a';
/** Credit enough for any top-up, fen. */
const CREDIT = 1_000_000;
/** The world stands this long, at least, before the order comes, ms. */
const BEFORE = 2 * MINUTE;
/** No world stands longer, in hours. */
const LONGEST = 72;
/** Served numbers that are nobody's, and do not misbehave by themselves. */
const MADE_UP = ['13808001234', '13808005678'] as const;

/**
 * An order's story as a scenario: when it was asked, how the carrier behaved and what went wrong, with nobody's number or name
 * in it. `untold`: what the history does not say. Throws where the order is no top-up.
 */
export function scenarioOf(order: Order): { scenario: Scenario; untold: string[] } {
  const service = serviceOf(order.service);
  if (service?.code !== 'mobile-topup')
    throw new UsageError(
      `journal number ${order.journalNo} is a ${order.service ?? order.kind}: only a top-up’s story can be exported`,
    );
  const start = Math.floor((order.createdAt - BEFORE) / HOUR) * HOUR;
  const untold: string[] = [];
  const tell = (what: string) => void untold.push(what);
  const prints = order.prints.filter(({ requestedAt }) => requestedAt < start + LONGEST * HOUR);
  const late = order.prints.length - prints.length;
  if (late > 0) tell(`${late} copies were asked for more than ${LONGEST} hours later`);
  const story = storyOf({ ...order, prints }, service);
  const conduct = conductOf(story, tell);
  const faults = faultsOf(story, NAME, tell);
  const last = Math.max(order.history.at(-1)?.at ?? 0, ...prints.map((job) => job.requestedAt));
  const world = {
    start: formatLocal(start),
    hours: Math.min(LONGEST, Math.floor((last - start) / HOUR) + 1),
    stations: 1,
    creditFen: CREDIT,
  };
  const at = (ms: number) => instantText({ world }, ms);
  const scenario: Scenario = {
    v: 1,
    seed: 1,
    world,
    orders: [
      {
        name: NAME,
        at: at(order.createdAt),
        station: 1,
        do: 'topup',
        account: MADE_UP.find((number) => !Object.values(order.fields).includes(number)) ?? MADE_UP[0],
        fen: order.amountFen,
        ...(conduct === undefined ? {} : { conduct }),
      },
    ],
    operations: operationsOf(story, at),
    faults,
  };
  return { scenario, untold };
}

/** What people did: cut the day before its hour, inquired between the ladder's rungs, asked for a copy. */
function operationsOf({ order, service, inquiries, heldAt }: Story, at: (ms: number) => string): Operation[] {
  const { createdAt, businessDate } = order;
  const operations: Operation[] = [];
  if (businessDate === nextDate(businessDateAt(createdAt, CUT_AFTER)))
    operations.push({ at: at(createdAt - MINUTE), do: 'cutDay' });
  // One that waited for the carrier came when it was back, whatever the ladder says.
  const onLadder = (ms: number) =>
    heldAt.some((held) => held <= ms) ||
    service.timing.inquiries.some((rung) => Math.abs(ms - createdAt - rung) < 3_000);
  for (const inquiry of inquiries)
    if (!onLadder(inquiry.at)) operations.push({ at: at(inquiry.at), do: 'inquire', of: NAME });
  for (const job of order.prints)
    if (job.no > 1) operations.push({ at: at(job.requestedAt), do: 'reprint', of: NAME });
  return operations;
}
