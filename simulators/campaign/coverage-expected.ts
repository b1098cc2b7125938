import { INVARIANT_IDS, type InvariantId } from '../checker/invariant.ts';
import type { Coverage } from './coverage.ts';
import { COMPARISONS } from './cross-runs.ts';
import type { Expected } from './verdict-void.ts';

type When = (coverage: Coverage) => boolean;

const flow =
  (name: string): When =>
  ({ flows }) =>
    (flows[name] ?? 0) > 0;

/** The platform's process really died, or its disk really failed. */
const crashed: When = ({ cells }) =>
  cells.some(({ fault, hits }) => hits > 0 && /^(PLT-CRASH|DSK-)/.test(fault));

/** What an invariant watches, where that is not every payment. */
const NEEDS: { [id in InvariantId]?: When } = {
  S11: crashed,
  S12: flow('card'),
  S17: flow('void'),
  S20: flow('card'),
  S21: flow('card'),
  L6: (coverage) => flow('cut')(coverage) || flow('cutDay')(coverage),
  L7: crashed,
  L9: flow('card'),
};

/** Marks of rare branches that every campaign of some size comes to: a change that no longer reaches one has lost something. */
const PROBES = [
  'card-indeterminate',
  'card-proven',
  'card-void-refused',
  'card-waits',
  'card-write-unanswered',
  'card-write-unclear',
  'case-lateFailure',
  'case-lateSuccess',
  'case-mismatch',
  'case-secondSuccess',
  'crash-in-recovery',
  'credit-void-refused',
  'day-cut',
  'inquiry-held',
  'late-failure-unknown',
  'late-success-manual',
  'late-success-unknown',
  'malformed-message',
  'manual',
  'message-unrelated',
  'not-found-final',
  'order-repeated',
  'overdue-alert',
  'platform.amountNotAllowed',
  'platform.counterpartOffline',
  'platform.creditInsufficient',
  'platform.fieldInvalid',
  'platform.lookAlike',
  'platform.regionNotServed',
  'print-resent',
  'print-waits',
  'refused-to-start',
  'reply-unrelated',
  'resolved-by-hand',
  'unknown',
];

/** What every campaign must have had something to check for. */
export const EXPECTED: Omit<Expected, 'requireCoverage'> = {
  invariants: INVARIANT_IDS.map((id) => ({ id, when: NEEDS[id] ?? flow('topup') })),
  probes: PROBES,
  comparisons: COMPARISONS.map(({ name }) => name),
};
