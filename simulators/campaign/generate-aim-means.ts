import type { Conduct, ConductName } from '../counterparts/carrier/conduct.ts';
import type { OrderColumn } from '../world/fault-states.ts';
import type { Fault } from '../world/faults.ts';
import type { Healer, Operation } from '../world/scenario.ts';
import { instantText } from '../world/scenario-time.ts';
import type { Draft } from './demand.ts';
import { NEWS } from './generate-aim-news.ts';
import { decides, STAGES, type Stage, type StageName } from './generate-aim-stages.ts';
import { WAYS, type Way } from './generate-aim-ways.ts';
import type { Making } from './generate-fault-parts.ts';

/** By which means a fault comes to hit its order in a state. */
export interface Means {
  /** Members of the fault, instead of those that it was made with. */
  own?: object;
  conduct?: ConductName | Conduct;
  account?: string;
  with?: Fault[];
  orders?: Draft[];
  operations?: Operation[];
  /** The order is no top-up: it takes this purchase back. */
  takesBack?: string;
  needs?: Healer;
}

/** Longer than the slowest line takes for a command and its copy, ms. */
const STILL = 8_000;
/** Too late to be accepted in time, and not too late to be begun, ms. */
const LATE = [10_050, 14_950, 30_100, 50_000] as const;
/** Reasons that spoil any answer of the carrier's. */
const SPOILT = ['order', 'stranger', 'malformed', 'misfit', 'noCode'] as const;

const ENDED: readonly OrderColumn[] = ['succeeded', 'failed', 'rejected'];

export function meansOf(making: Making, fault: Fault, state: OrderColumn): Means {
  const { draws, name, span, victim } = making;
  const moment = ({ from, to }: { from: number; to: number }) => draws.between(`${name} moment`, from, to);
  if (state === 'idle') return beforeAll(making, fault);
  const stage = STAGES[state];
  const there: Means = { ...carrierOf(stage), with: stage.with?.(name) ?? [] };
  switch (fault.fault) {
    case 'NET-DUP':
      return twice(making, state, moment(stage), there);
    case 'NET-RESET':
      return state === 'new' ? unheardOf(making) : byMessage(making, fault, state, moment(stage));
    case 'NET-DROP':
    case 'NET-DELAY':
    case 'CAR-WRONG':
      return byMessage(making, fault, state, moment(stage));
    case 'CAR-DUP-CB':
    case 'CAR-FLIP': {
      const news = NEWS[state as keyof typeof NEWS];
      return {
        conduct: news.conduct,
        with: news.lost.map((message) => ({ fault: 'NET-DROP', order: name, message })),
        own: { afterMs: moment(news) },
      };
    }
    case 'CAR-DENIES':
      return denied(making, state, moment(stage), there);
    case 'CAR-TIMEOUT-CHARGED':
    case 'CAR-TIMEOUT-NOT':
    case 'CAR-LOST-REPLY':
    case 'CAR-PROC-FOREVER':
    case 'CAR-DOWN':
    case 'CAR-LATE-OK':
    case 'CAR-LATE-FAIL': {
      const byMs = draws.of(`${name} late`, LATE);
      return state === 'unknown'
        ? { with: [{ fault: 'NET-DELAY', order: name, message: 'carrier.perform', byMs }] }
        : {};
    }
    case 'PLT-CRASH':
    case 'DSK-TORN':
    case 'DSK-FULL':
    case 'DSK-CORRUPT':
    case 'DSK-ERROR':
      return atCommit(making, stage);
    case 'KSK-CRASH':
      return { ...there, own: { afterMs: moment(stage) } };
    case 'KSK-DOUBLE':
      // Of what has ended nothing is open any more: the teller takes it for unpaid and begins anew.
      return { ...there, own: { afterMs: moment(stage), ...(ENDED.includes(state) ? { newId: true } : {}) } };
    case 'PRN-PAPER':
    case 'PRN-UNKNOWN':
    case 'PRN-UNPLUG':
    case 'DRV-CRASH':
      return { conduct: 'success', own: { nth: 1 } };
    case 'CUT-RACE':
      return {};
    default:
      return { ...there, own: { at: instantText(span, victim.at + moment(stage)) } };
  }
}

/** Before the first order comes. */
function beforeAll({ span }: Making, { fault }: Fault): Means {
  const at = instantText(span, span.start + 1);
  if (fault === 'CLK-SKEW') return {};
  if (fault !== 'PLT-CRASH') return { own: { at } };
  return { own: { order: 'cut', nth: 1 }, operations: [{ at, do: 'cutDay' }] };
}

const carrierOf = ({ conduct, account }: Stage): Means => ({
  ...(conduct === undefined ? {} : { conduct }),
  ...(account === undefined ? {} : { account }),
});

function atCommit({ draws, name }: Making, stage: Stage): Means {
  const [least, most] = stage.commits;
  return { ...carrierOf(stage), own: { order: name, nth: draws.between(`${name} commit`, least, most) } };
}

/** By a message that is sent while the order is in the state. */
function byMessage(making: Making, fault: Fault, state: StageName, afterMs: number): Means {
  const { draws, name } = making;
  const way = draws.of(
    `${name} way`,
    WAYS[state].filter((each) => fits(each, fault)),
  );
  const { message, nth = 1 } = way;
  const how = draws.of(`${name} spoilt`, SPOILT);
  return {
    ...carrierOf({ ...STAGES[state], ...(way.conduct === undefined ? {} : { conduct: way.conduct }) }),
    with: [
      ...(way.with?.(name) ?? []),
      ...(way.press ? [{ fault: 'KSK-DOUBLE', order: name, afterMs } as const] : []),
    ],
    own: { message, nth, ...(fault.fault === 'CAR-WRONG' ? { how } : {}) },
    ...(way.needs ? { needs: way.needs } : {}),
  };
}

function fits({ message }: Way, { fault }: Fault): boolean {
  if (fault === 'NET-RESET') return message === 'http.reply';
  return fault !== 'CAR-WRONG' || /^carrier\.(perform\.|inquire\.)/.test(message);
}

/** The copy counts when it arrives: while the platform still has to take the first, behind the printed sheet, or much later. */
function twice(
  { draws, name, span, victim }: Making,
  state: OrderColumn,
  afterMs: number,
  there: Means,
): Means {
  const own = { message: 'http.command', nth: 1 };
  if (state === 'succeeded')
    return {
      ...there,
      own: { message: 'printer.print', nth: 1, afterMs: draws.between(`${name} copy`, 100, 90_000) },
    };
  if (state !== 'new') return { ...there, own: { ...own, afterMs } };
  const at = instantText(span, victim.at);
  return {
    with: [{ fault: 'PLT-PAUSE', at, forMs: STILL }],
    own: { ...own, afterMs: draws.between(`${name} copy`, 0, 1_000) },
  };
}

/** Somebody asks about what the carrier has; of what has ended, a question that comes a second time, later. */
function denied({ span, victim, name }: Making, state: OrderColumn, afterMs: number, there: Means): Means {
  if (state === 'succeeded' || state === 'failed') {
    const conduct = { upstream: state === 'failed' ? 'decline' : 'charge', tell: 'nothing' } as const;
    const copy = { fault: 'NET-DUP', order: name, message: 'carrier.inquire', afterMs: 15_000 } as const;
    return { conduct, with: [copy], own: { afterMs: 47_500 }, needs: 'inquiry' };
  }
  const at = instantText(span, victim.at + afterMs);
  // It is there before anything of it is heard.
  const sent = { conduct: decides(2 * 60_000, false), with: [unheard(name)] };
  return {
    ...(state === 'sent' ? sent : there),
    operations: [{ at, do: 'inquire', of: name }],
    own: { afterMs: 0 },
    needs: 'inquiry',
  };
}

const unheard = (order: string): Fault => ({ fault: 'NET-DROP', order, message: 'carrier.perform.accepted' });

/** The reply to an order that the platform refuses to know: it takes back a purchase whose command was lost. */
function unheardOf({ name, span, victim }: Making): Means {
  const at = victim.at - 900;
  const purchase = `${name}c`;
  const { station } = victim.plan;
  return {
    orders: [{ at, plan: { name: purchase, at: instantText(span, at), station, do: 'credit', fen: 50_000 } }],
    takesBack: purchase,
    with: [{ fault: 'NET-DROP', order: purchase, message: 'http.command' }],
    own: { message: 'http.reply', nth: 1 },
  };
}
