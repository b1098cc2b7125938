import { CRASH_POINTS, type Fault, type FaultName, type MessageName, WRONGS } from '../world/faults.ts';
import { nextCut } from './demand.ts';
import { MAKE_CARD } from './generate-card-faults.ts';
import {
  flag,
  instant,
  lasting,
  length,
  type Making,
  nth,
  nthOfMany,
  ofMessage,
  place,
  since,
  skew,
} from './generate-fault-parts.ts';

type Make = (making: Making) => Fault | undefined;

const HOUR = 3_600_000;

const REPLIES = ['carrier.perform.completed', 'carrier.inquire.completed'] as const satisfies MessageName[];
const ANY_REPLY = [...REPLIES, 'carrier.perform.accepted', 'carrier.perform.processing'] as const;

/** Only a top-up goes to the carrier. */
const topup =
  (make: (order: string, making: Making) => Fault): Make =>
  (making) =>
    making.victim.plan.do === 'topup' ? make(making.victim.plan.name, making) : undefined;

/** An order that a teller takes at an outlet. */
const taken =
  (make: (order: string, making: Making) => Fault): Make =>
  (making) => {
    const { name, do: what } = making.victim.plan;
    return what === 'credit' || what === 'void' ? undefined : make(name, making);
  };

const conduct = (fault: Extract<Fault, { order: string }>['fault'] & `CAR-${string}`) =>
  topup((order) => ({ fault, order }) as Fault);

const late = (fault: 'CAR-LATE-OK' | 'CAR-LATE-FAIL') =>
  topup((order, making) => {
    const { draws, name } = making;
    const most = making.span.end - making.span.start > 24 * HOUR ? 25 * HOUR : 5 * HOUR;
    return {
      fault,
      order,
      afterMs: Math.max(1_000, draws.span(`${name} late`, most)),
      told: draws.happens(`${name} told`, 0.5),
    };
  });

const midSheet =
  (fault: 'PRN-PAPER' | 'PRN-UNPLUG' | 'DRV-CRASH'): Make =>
  (making) => ({
    fault,
    order: making.victim.plan.name,
    ...nth(making, 3),
    afterLines: making.draws.between(`${making.name} lines`, 0, 20),
    forMs: lasting(making),
  });

const ofCommit = (making: Making) => ({
  order: making.victim.plan.name,
  ...nthOfMany(making, 6),
  forMs: Math.max(1, length(making, HOUR)),
});

/** How one fault of a kind is made; undefined where it does not fit the order or the world. */
export const MAKE: { readonly [N in FaultName]: Make } = {
  ...MAKE_CARD,
  'NET-DROP': (m) => ({ fault: 'NET-DROP', ...ofMessage(m) }),
  'NET-DUP': (m) => ({ fault: 'NET-DUP', ...ofMessage(m), afterMs: length(m) }),
  'NET-DELAY': (m) => ({ fault: 'NET-DELAY', ...ofMessage(m), byMs: Math.max(1, length(m)) }),
  'NET-RESET': (m) => ({ fault: 'NET-RESET', ...ofMessage(m, ['http.reply']) }),
  'CAR-WRONG': topup((_, m) => {
    const how = m.draws.of(`${m.name} how`, WRONGS);
    const whole = how === 'amount' || how === 'account' || how === 'noCode';
    return { fault: 'CAR-WRONG', ...ofMessage(m, whole ? REPLIES : ANY_REPLY), how };
  }),
  'CAR-DUP-CB': topup((order, m) => ({
    fault: 'CAR-DUP-CB',
    order,
    afterMs: length(m),
    ...flag(m, 'otherNo'),
  })),
  'CAR-TIMEOUT-CHARGED': conduct('CAR-TIMEOUT-CHARGED'),
  'CAR-TIMEOUT-NOT': conduct('CAR-TIMEOUT-NOT'),
  'CAR-LOST-REPLY': conduct('CAR-LOST-REPLY'),
  'CAR-PROC-FOREVER': conduct('CAR-PROC-FOREVER'),
  'CAR-DOWN': conduct('CAR-DOWN'),
  'CAR-LATE-OK': late('CAR-LATE-OK'),
  'CAR-LATE-FAIL': late('CAR-LATE-FAIL'),
  'CAR-FLIP': topup((order, m) => ({ fault: 'CAR-FLIP', order, afterMs: Math.max(1, length(m)) })),
  'CAR-DENIES': topup((order, m) => ({ fault: 'CAR-DENIES', order, afterMs: length(m, HOUR / 2) })),
  'CAR-CRASH': (m) => ({ fault: 'CAR-CRASH', at: instant(m), forMs: lasting(m), ...flag(m, 'losesJournal') }),
  'PRN-PAPER': midSheet('PRN-PAPER'),
  'PRN-UNKNOWN': (m) => ({ fault: 'PRN-UNKNOWN', order: m.victim.plan.name, ...nth(m, 3) }),
  'PRN-UNPLUG': midSheet('PRN-UNPLUG'),
  'DRV-CRASH': midSheet('DRV-CRASH'),
  'KSK-CRASH': taken((order, m) => ({
    fault: 'KSK-CRASH',
    order,
    afterMs: since(m, HOUR),
    forMs: lasting(m),
  })),
  'KSK-DOUBLE': taken((order, m) => ({
    fault: 'KSK-DOUBLE',
    order,
    afterMs: since(m, m.span.end - m.span.start),
    ...flag(m, 'newId'),
  })),
  'PLT-CRASH': (m) => {
    const cut = (m.cutByHand || nextCut(m.span.start) < m.span.end) && m.draws.happens(`${m.name} cut`, 0.2);
    return {
      fault: 'PLT-CRASH',
      ...ofCommit(m),
      ...(cut ? { order: 'cut', nth: 1 } : {}),
      point: m.draws.of(`${m.name} point`, CRASH_POINTS),
      ...flag(m, 'again', 0.3),
    };
  },
  'PLT-PAUSE': (m) => ({ fault: 'PLT-PAUSE', at: instant(m), forMs: Math.max(100, length(m, HOUR)) }),
  'DSK-TORN': (m) => ({ fault: 'DSK-TORN', ...ofCommit(m) }),
  'DSK-FULL': (m) => ({ fault: 'DSK-FULL', ...ofCommit(m) }),
  'DSK-CORRUPT': (m) => ({ fault: 'DSK-CORRUPT', ...ofCommit(m) }),
  'DSK-ERROR': (m) => ({
    fault: 'DSK-ERROR',
    ...ofCommit(m),
    written: m.draws.happens(`${m.name} written`, 0.5),
  }),
  'CLK-STEP': (m) => ({ fault: 'CLK-STEP', at: instant(m), byMs: skew(m) }),
  'CLK-SKEW': (m) => ({ fault: 'CLK-SKEW', station: place(m), byMs: skew(m) }),
  'CUT-RACE': (m) =>
    nextCut(m.victim.at - 60_000) < m.span.end
      ? { fault: 'CUT-RACE', order: m.victim.plan.name, byMs: m.draws.between(`${m.name} by`, -3, 3) }
      : undefined,
  'BRK-RESTART': (m) => ({
    fault: 'BRK-RESTART',
    at: instant(m),
    forMs: Math.max(1, length(m, HOUR)),
    ...flag(m, 'losesRetained'),
  }),
  'BRK-KICK': (m) => ({
    fault: 'BRK-KICK',
    at: instant(m),
    station: place(m),
    times: m.draws.between(`${m.name} times`, 1, 12),
  }),
  'BRK-LWT': (m) => ({ fault: 'BRK-LWT', at: instant(m), station: place(m) }),
  'NET-CLOG': (m) => ({ fault: 'NET-CLOG', at: instant(m), station: place(m), forMs: lasting(m) }),
  'NET-PART': (m) => ({
    fault: 'NET-PART',
    at: instant(m),
    station: place(m),
    forMs: lasting(m),
    way: m.draws.of(`${m.name} way`, ['both', 'up', 'down']),
  }),
};
