import { MINUTE } from '../../../contracts/time.ts';
import type { Fault } from '../../../simulators/world/faults.ts';
import { isPrintOpen } from '../../core/order.ts';
import type { Story } from './story.ts';

/** What must have gone wrong on the way and at the printer. `untold` is given what the history does not say. */
export function faultsOf(story: Story, name: string, untold: (what: string) => void): Fault[] {
  return [...onTheWay(story, name, untold), ...atThePrinter(story, name, untold)];
}

function onTheWay(story: Story, name: string, untold: (what: string) => void): Fault[] {
  const { order, service, acceptedAt, inquiries, heldAt, doubts } = story;
  const faults: Fault[] = [];
  const drop = (message: Extract<Fault, { fault: 'NET-DROP' }>['message'], nth: number) =>
    faults.push({ fault: 'NET-DROP', order: name, message, nth });

  // What the adapter refuses outright it never accepts.
  const refused = order.problem?.startsWith('contract.') && order.problem !== 'contract.notFound';
  if (acceptedAt === undefined && !refused) {
    if (isUnheardOf(story)) drop('carrier.perform', 1);
    else drop('carrier.perform.accepted', 1);
  }
  const late = (acceptedAt ?? 0) - order.createdAt;
  if (late >= service.timing.acceptWithin)
    faults.push({ fault: 'NET-DELAY', order: name, message: 'carrier.perform.accepted', byMs: late });
  if (order.problem === 'counterpart.unreachable' && story.learnt === 'inquired')
    drop('carrier.perform.completed', 1);
  for (const { no, answered } of inquiries) if (!answered) drop('carrier.inquire.completed', no);

  for (const why of doubts)
    if (/^(adapter|contract\.(?!notFound))/.test(why)) untold(`the carrier’s adapter said ${why}`);
  if (heldAt.length > 0)
    untold(
      `the carrier was not connected when ${heldAt.length} inquiries were due: add CAR-CRASH or NET-PART`,
    );
  for (const { kind } of order.cases)
    if (kind !== 'mismatch') untold(`the carrier said the contrary after the end (${kind}): add CAR-FLIP`);
  return faults;
}

/** The carrier never had it, as far as is known. */
const isUnheardOf = ({ order, end }: Story) =>
  order.problem === 'contract.notFound' || (!end && order.legs.some((leg) => leg.notFound.length > 0));

function atThePrinter({ order }: Story, name: string, untold: (what: string) => void): Fault[] {
  return order.prints.flatMap((job): Fault[] => {
    const nth = job.no;
    if (job.state === 'printed' || isPrintOpen(job)) return [];
    if (job.error === 'device.paperOut')
      return [{ fault: 'PRN-PAPER', order: name, nth, afterLines: 0, forMs: MINUTE }];
    if (job.state === 'uncertain') return [{ fault: 'PRN-UNKNOWN', order: name, nth }];
    untold(`sheet ${nth} of its receipt was not printed (${job.error ?? job.state})`);
    return [];
  });
}
