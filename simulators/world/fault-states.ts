import type { FaultName } from './faults.ts';

/**
 * The columns of the coverage matrix: where an order was when a fault hit it. `new`: not yet accepted by the platform;
 * `sent`, `accepted`, `processing`: how far the carrier has it; `idle`: no order was alive.
 */
export const MATRIX_STATES = [
  'new',
  'sent',
  'accepted',
  'processing',
  'unknown',
  'manual',
  'succeeded',
  'failed',
  'rejected',
  'idle',
] as const;

/**
 * Where an order on a meter card was when a fault hit its card, its reader or its utility: `untaken`: not yet accepted by the
 * platform; `proven`: the card is written or taken back, and the utility has not answered yet; `doubt`: nothing is under way,
 * and its money may be on the card.
 */
export const CARD_STATES = [
  'untaken',
  'ordering',
  'reading',
  'sealing',
  'writing',
  'waiting',
  'doubt',
  'proven',
  'over',
] as const;

export type OrderColumn = (typeof MATRIX_STATES)[number];
export type CardState = (typeof CARD_STATES)[number];
export type MatrixState = OrderColumn | CardState;

/** The columns that a fault is counted in: of the card's work where it concerns the card, else of the order. */
export const statesOf = (fault: FaultName): readonly MatrixState[] =>
  isOfCard(fault) ? CARD_STATES : MATRIX_STATES;

export const isOfCard = (fault: FaultName) => /^(CARD|RDR|UTL)-/.test(fault);

/** Why a fault can not hit an order in a state; a state without a reason must be reached. */
export type Infeasible = { readonly [S in MatrixState]?: string };

const ABOUT_ONE: Infeasible = { idle: 'it names an order, which is there' };

const AT_A_COMMIT: Infeasible = {
  ...ABOUT_ONE,
  new: 'whatever a commit is about, the platform has taken in memory',
};

const FROM_THE_CARRIER: Infeasible = {
  ...ABOUT_ONE,
  new: 'the carrier is asked only after the order is on the disk',
  rejected: 'a refused order never goes to the carrier',
};

const AT_THE_CARRIER: Infeasible = {
  ...FROM_THE_CARRIER,
  accepted: 'the carrier decides before its «accepted» can have arrived',
  processing: 'the carrier decides before anything of it can have arrived',
  manual: 'a request is too old after a minute, and a person takes over after a day',
  succeeded: 'nothing succeeds before the carrier has taken it',
  failed: 'a request that has failed has not been taken, or has ended at the carrier, too',
};

const ON_PAPER: Infeasible = {
  ...ABOUT_ONE,
  new: 'a receipt is printed of a success only',
  sent: 'a receipt is printed of a success only',
  accepted: 'a receipt is printed of a success only',
  processing: 'a receipt is printed of a success only',
  unknown: 'a receipt is printed of a success only',
  manual: 'a receipt is printed of a success only',
  failed: 'a receipt is printed of a success only',
  rejected: 'a receipt is printed of a success only',
};

/** Of what hits a place or the whole platform: the orders that are alive count, or `idle`. */
const ON_A_PLACE: Infeasible = {
  new: 'an order is alive from when the platform has taken it',
  succeeded: 'an order that has ended is not alive any more',
  failed: 'an order that has ended is not alive any more',
  rejected: 'an order that was refused has never been alive',
};

const only = (state: OrderColumn, why: string): Infeasible =>
  Object.fromEntries(MATRIX_STATES.filter((each) => each !== state).map((each) => [each, why]));

const among = (all: readonly MatrixState[], possible: readonly MatrixState[], why: string): Infeasible =>
  Object.fromEntries(all.filter((each) => !possible.includes(each)).map((each) => [each, why]));

const AT_THE_READER = among(
  CARD_STATES,
  ['reading', 'writing'],
  'the chip is spoken to only while it is read or written',
);
const AT_A_READING = among(CARD_STATES, ['reading'], 'another card is found only by reading');
const AT_ITS_ORDER = among(
  CARD_STATES,
  ['ordering'],
  'the utility decides when it is asked, in time or not at all',
);

/** Per fault the states it can not hit, each with the reason. The campaign asserts that they never are. */
export const INFEASIBLE: { readonly [N in FaultName]: Infeasible } = {
  'NET-DROP': ABOUT_ONE,
  'NET-DUP': ABOUT_ONE,
  'NET-DELAY': ABOUT_ONE,
  'NET-RESET': ABOUT_ONE,
  'CAR-WRONG': FROM_THE_CARRIER,
  'CAR-DUP-CB': FROM_THE_CARRIER,
  'CAR-TIMEOUT-CHARGED': AT_THE_CARRIER,
  'CAR-TIMEOUT-NOT': AT_THE_CARRIER,
  'CAR-LOST-REPLY': AT_THE_CARRIER,
  'CAR-PROC-FOREVER': AT_THE_CARRIER,
  'CAR-DOWN': AT_THE_CARRIER,
  'CAR-LATE-OK': AT_THE_CARRIER,
  'CAR-LATE-FAIL': AT_THE_CARRIER,
  'CAR-FLIP': FROM_THE_CARRIER,
  'CAR-DENIES': FROM_THE_CARRIER,
  'CAR-CRASH': ON_A_PLACE,
  'CARD-PULL': AT_THE_READER,
  'CARD-SWAP': AT_A_READING,
  'CARD-BAD': AT_THE_READER,
  'CARD-COUNTER': among(CARD_STATES, ['untaken'], 'the customer brings the card so'),
  'RDR-CRASH': among(CARD_STATES, ['writing'], 'it happens in the middle of a writing'),
  'RDR-UNPLUG': among(CARD_STATES, ['writing'], 'it happens in the middle of a writing'),
  'UTL-TIMEOUT-ORDERED': AT_ITS_ORDER,
  'UTL-TIMEOUT-NOT': AT_ITS_ORDER,
  'UTL-LOST-REPLY': AT_ITS_ORDER,
  'UTL-DOWN': AT_ITS_ORDER,
  'UTL-NO-SEAL': among(CARD_STATES, ['sealing'], 'it happens where the files are asked for'),
  'UTL-NO-CONFIRM': among(CARD_STATES, ['proven'], 'it happens where the utility is told of the end'),
  'UTL-CRASH': { untaken: 'an order is alive from when the platform has taken it' },
  'PRN-PAPER': ON_PAPER,
  'PRN-UNKNOWN': ON_PAPER,
  'PRN-UNPLUG': ON_PAPER,
  'DRV-CRASH': ON_PAPER,
  'KSK-CRASH': ABOUT_ONE,
  'KSK-DOUBLE': ABOUT_ONE,
  // Of the day cut the orders that are alive count, or `idle`.
  'PLT-CRASH': { new: 'whatever a commit is about, the platform has taken in memory' },
  'PLT-PAUSE': ON_A_PLACE,
  'DSK-TORN': AT_A_COMMIT,
  'DSK-FULL': AT_A_COMMIT,
  'DSK-CORRUPT': AT_A_COMMIT,
  'DSK-ERROR': AT_A_COMMIT,
  'CLK-STEP': ON_A_PLACE,
  'CLK-SKEW': only('idle', 'a place’s clock is wrong from the start, before any order'),
  'CUT-RACE': only('new', 'it decides when the order comes'),
  'BRK-RESTART': ON_A_PLACE,
  'BRK-KICK': ON_A_PLACE,
  'BRK-LWT': ON_A_PLACE,
  'NET-CLOG': ON_A_PLACE,
  'NET-PART': ON_A_PLACE,
};
