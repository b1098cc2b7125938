import Type, { type TObject } from 'typebox';
import { CARD_FLAWS, CRASH_POINTS, type FaultName, MESSAGES, WRONGS } from './faults.ts';

/** One of these words; the description is what a person is told. */
export const oneOf = <const T extends readonly string[]>(words: T) =>
  Type.Union(
    words.map((word) => Type.Literal(word as T[number])),
    { description: `one of ${words.join(', ')}` },
  );

export const whole = (minimum: number, maximum: number, what: string) =>
  Type.Integer({ minimum, maximum, description: `${what}: a whole number from ${minimum} to ${maximum}` });

export const yesOrNo = Type.Boolean({ description: 'true or false' });

/** No scenario is longer, healing included; everything beyond is `ever`. */
const LONGEST = 72 * 3_600_000;

const ms = whole(0, LONGEST, 'ms');
const orderName = Type.String({ minLength: 1, description: 'the name of an order of this scenario' });
const instant = Type.String({ description: 'an instant such as 08:03:12.250 or +1d 08:03:12' });
const nth = Type.Optional(whole(1, 1_000, 'which one, counted from 1'));
const duration = Type.Union([ms, Type.Literal('ever')], {
  description: `so many ms, a whole number from 0 to ${LONGEST}, or "ever"`,
});
const place = Type.Union([whole(1, 9_998, 'a station'), Type.Literal('carrier')], {
  description: 'a station by its number (1, 2, …) or "carrier"',
});
const lines = whole(0, 1_000, 'printed lines before it happens');

const times = whole(1, 20, 'how often');
const ofCard = { order: orderName, nth, command: whole(1, 40, 'the command to the card') };

const ofMessage = { order: orderName, message: oneOf(MESSAGES), nth };
const ofOrder = Type.Object({ order: orderName });
const late = Type.Object({ order: orderName, afterMs: ms, told: yesOrNo });
const midSheet = Type.Object({ order: orderName, nth, afterLines: lines, forMs: duration });
const ofCommit = Type.Object({ order: orderName, nth, forMs: ms });
const ofPlace = { at: instant, station: place };

/** What each fault has besides its name, as a schema. */
export const FAULT_MEMBERS = {
  'NET-DROP': Type.Object(ofMessage),
  'NET-DUP': Type.Object({ ...ofMessage, afterMs: ms }),
  'NET-DELAY': Type.Object({ ...ofMessage, byMs: ms }),
  'NET-RESET': Type.Object({ ...ofMessage, message: oneOf(['http.reply']) }),
  'CAR-WRONG': Type.Object({
    ...ofMessage,
    message: oneOf([
      'carrier.perform.accepted',
      'carrier.perform.processing',
      'carrier.perform.completed',
      'carrier.inquire.completed',
    ]),
    how: oneOf(WRONGS),
  }),
  'CAR-DUP-CB': Type.Object({ order: orderName, afterMs: ms, otherNo: Type.Optional(yesOrNo) }),
  'CAR-TIMEOUT-CHARGED': ofOrder,
  'CAR-TIMEOUT-NOT': ofOrder,
  'CAR-LOST-REPLY': ofOrder,
  'CAR-PROC-FOREVER': ofOrder,
  'CAR-DOWN': ofOrder,
  'CAR-LATE-OK': late,
  'CAR-LATE-FAIL': late,
  'CAR-FLIP': Type.Object({ order: orderName, afterMs: ms }),
  'CAR-DENIES': Type.Object({ order: orderName, afterMs: ms }),
  'CAR-CRASH': Type.Object({ at: instant, forMs: duration, losesJournal: Type.Optional(yesOrNo) }),
  'CARD-PULL': Type.Object({
    ...ofCard,
    during: oneOf(['read', 'write']),
    bytes: Type.Optional(whole(0, 300, 'bytes of the command that are on the card')),
    forMs: duration,
  }),
  'CARD-SWAP': Type.Object({ order: orderName, nth, forMs: duration }),
  'CARD-BAD': Type.Object({ ...ofCard, during: oneOf(['read', 'write']), how: oneOf(CARD_FLAWS) }),
  'CARD-COUNTER': ofOrder,
  'RDR-CRASH': Type.Object({ ...ofCard, forMs: duration }),
  'RDR-UNPLUG': Type.Object({ ...ofCard, forMs: duration }),
  'UTL-TIMEOUT-ORDERED': ofOrder,
  'UTL-TIMEOUT-NOT': ofOrder,
  'UTL-LOST-REPLY': ofOrder,
  'UTL-DOWN': ofOrder,
  'UTL-NO-SEAL': Type.Object({ order: orderName, times }),
  'UTL-NO-CONFIRM': Type.Object({ order: orderName, times, taken: yesOrNo }),
  'UTL-CRASH': Type.Object({ at: instant, forMs: duration, losesJournal: Type.Optional(yesOrNo) }),
  'PRN-PAPER': midSheet,
  'PRN-UNKNOWN': Type.Object({ order: orderName, nth }),
  'PRN-UNPLUG': midSheet,
  'DRV-CRASH': midSheet,
  'KSK-CRASH': Type.Object({ order: orderName, afterMs: ms, forMs: duration }),
  'KSK-DOUBLE': Type.Object({ order: orderName, afterMs: ms, newId: Type.Optional(yesOrNo) }),
  'PLT-CRASH': Type.Object({
    order: orderName,
    nth,
    point: oneOf(CRASH_POINTS),
    forMs: ms,
    again: Type.Optional(yesOrNo),
  }),
  'PLT-PAUSE': Type.Object({ at: instant, forMs: ms }),
  'DSK-TORN': ofCommit,
  'DSK-FULL': ofCommit,
  'DSK-CORRUPT': ofCommit,
  'DSK-ERROR': Type.Object({ order: orderName, nth, forMs: ms, written: yesOrNo }),
  'CLK-STEP': Type.Object({ at: instant, byMs: whole(-LONGEST, LONGEST, 'ms, back where negative') }),
  'CLK-SKEW': Type.Object({ station: place, byMs: whole(-LONGEST, LONGEST, 'ms, behind where negative') }),
  'CUT-RACE': Type.Object({
    order: orderName,
    byMs: whole(-3_600_000, 3_600_000, 'ms after the cut, before it where negative'),
  }),
  'BRK-RESTART': Type.Object({ at: instant, forMs: ms, losesRetained: Type.Optional(yesOrNo) }),
  'BRK-KICK': Type.Object({ ...ofPlace, times: whole(1, 1_000, 'how often') }),
  'BRK-LWT': Type.Object(ofPlace),
  'NET-CLOG': Type.Object({ ...ofPlace, forMs: duration }),
  'NET-PART': Type.Object({ ...ofPlace, forMs: duration, way: oneOf(['both', 'up', 'down']) }),
} as const satisfies { [N in FaultName]: TObject };
