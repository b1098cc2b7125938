import { SECOND } from '../../../contracts/time.ts';
import type { Conduct, ConductName } from '../../../simulators/counterparts/carrier/conduct.ts';
import type { Story } from './story.ts';

/** A decision that came sooner was made at once. */
const AT_ONCE = 5 * SECOND;

/**
 * How the simulated carrier must behave to make the same story; `undefined` where the carrier had no part in it.
 * `untold` is given what the history does not say.
 */
export function conductOf(story: Story, untold: (what: string) => void): ConductName | Conduct | undefined {
  const { order, end, learnt, doubts } = story;
  if (!end || learnt === 'byHand') {
    untold(
      end
        ? 'a person settled it: what the carrier really did is not in its history'
        : `it is ${order.state}: how it ends is not known yet`,
    );
    if (wasNotFound(story)) return notReached(story);
    return story.processingAt === undefined
      ? { upstream: 'charge', delayMs: 'never', tell: 'nothing' }
      : 'processingForEver';
  }
  const { problem = '' } = order;
  if (problem === 'contract.notFound') return notReached(story);
  if (problem === 'counterpart.unreachable') return 'down';
  if (end.what === 'failed' && !problem.startsWith('counterpart.')) {
    untold(`the carrier’s adapter refused it as ${problem}: no conduct does that`);
    return undefined;
  }
  if (doubts.some((why) => why.includes('differs from the request'))) return 'wrongAmount';
  return decided(story, problem);
}

/** Two answers «not found» are what a request leaves behind that never reached the carrier. */
const wasNotFound = ({ order }: Story) => order.legs.some((leg) => leg.notFound.length > 0);

function notReached(story: Story): ConductName | Conduct | undefined {
  if (story.acceptedAt === undefined) return undefined;
  return timedOut(story) ? 'timeoutNotCharged' : { upstream: 'notReached', tell: 'nothing' };
}

const timedOut = ({ doubts }: Story) => doubts.includes('counterpart.timeout');

function decided(story: Story, problem: string): ConductName | Conduct {
  const tell = timedOut(story) ? 'timeout' : story.learnt === 'inquired' ? 'nothing' : 'result';
  const after = decidedAfter(story, tell === 'result');
  const later = {
    ...(after > AT_ONCE ? { delayMs: after } : {}),
    ...(story.processingAt === undefined ? {} : { processing: true }),
  };
  if (problem !== '') {
    const known = tell === 'result' && after <= AT_ONCE ? DECLINES[problem] : undefined;
    return known ?? { upstream: 'decline', code: problem as NonNullable<Conduct['code']>, ...later, tell };
  }
  if (after <= AT_ONCE && tell === 'result') return 'success';
  if (after <= AT_ONCE && tell === 'timeout') return 'timeoutCharged';
  if (after <= AT_ONCE && story.processingAt === undefined) return 'lostReply';
  return { upstream: 'charge', ...later, tell };
}

const DECLINES: { [code: string]: ConductName } = {
  'counterpart.accountInvalid': 'noSuchAccount',
  'counterpart.accountClosed': 'closedAccount',
};

/** When the carrier decided, ms after the order: as it was told, or between the last inquiry that found it at work and the next. */
function decidedAfter({ order, end, inquiries, processingAt }: Story, told: boolean): number {
  if (told) return (end?.at ?? order.createdAt) - order.createdAt;
  const last = inquiries.at(-1);
  const before = inquiries.at(-2);
  if (processingAt === undefined || !last || !before) return 0;
  return Math.round((before.at + last.at) / 2) - order.createdAt;
}
