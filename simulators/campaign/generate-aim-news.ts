import type { Conduct, ConductName } from '../counterparts/carrier/conduct.ts';
import type { MessageName } from '../world/faults.ts';
import { DAY, decides, type StageName } from './generate-aim-stages.ts';

/** How the carrier comes to say something more about an order that is in a state: once more, or the contrary. */
export interface News {
  conduct: ConductName | Conduct;
  /** What it has said and nobody has heard. */
  lost: readonly MessageName[];
  /** Ms after it has decided between which the order is in the state. */
  from: number;
  to: number;
}

const MINUTE = 60_000;
const ACCEPTED = 'carrier.perform.accepted';
const COMPLETED = 'carrier.perform.completed';

export const NEWS: { readonly [S in Exclude<StageName, 'new' | 'rejected'>]: News } = {
  sent: { conduct: decides(0, false), lost: [ACCEPTED, COMPLETED], from: 1, to: 2_500 },
  accepted: { conduct: decides(0, false), lost: [COMPLETED], from: 4_000, to: 20_000 },
  processing: { conduct: 'success', lost: [COMPLETED], from: 4_000, to: 20_000 },
  // Between the second question and the third; and before a person has found out.
  unknown: { conduct: decides(70_000, true), lost: [COMPLETED], from: 1, to: 35_000 },
  manual: { conduct: decides(DAY + MINUTE, true), lost: [COMPLETED], from: 1_000, to: 5 * MINUTE },
  succeeded: { conduct: 'success', lost: [], from: 25_000, to: 20 * MINUTE },
  failed: { conduct: 'closedAccount', lost: [], from: 25_000, to: 20 * MINUTE },
};
