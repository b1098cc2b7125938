import type { TraceEvent } from '../world/result.ts';
import type { OrderPlan, Scenario } from '../world/scenario.ts';
import { eventWords } from './event-words.ts';
import { faultWords } from './fault-words.ts';
import { clockText, dayOf, masked, yuan } from './format.ts';
import type { ReportInput, Words } from './input.ts';
import { nameOf } from './invariant-names.ts';
import { placeWords } from './lanes.ts';
import { causalSlice, failingOrder } from './slice.ts';
import { stateWords } from './states.ts';

export interface StoryLine extends Words {
  /** The trace event it tells of; none in the last line, the verdict. */
  no?: number;
  /** `14:03:22.481`, `+1d 08:00:00.000` */
  time: string;
  tone: 'plain' | 'fault' | 'broken';
}

/** No story is longer: the beginning and the end say it. */
const LONGEST = 40;

/** What happened to the failing order, line by line, from executed events only, and at last which rule is broken. */
export function storyOf(input: Pick<ReportInput, 'scenario' | 'result'>): StoryLine[] {
  const { scenario, result } = input;
  const order = failingOrder(input);
  const until = result.violation?.at ?? Number.POSITIVE_INFINITY;
  const first = result.trace?.[0]?.at ?? 0;
  // The way to the printer is told only where the rule is about paper.
  const paper = result.violation?.invariant === 'S13';
  const told = new Set<number>();
  const states = new Map<string, string>();
  const lines: StoryLine[] = [];
  for (const event of causalSlice(input)) {
    if (event.at > until) break;
    const moved =
      event.order !== undefined && event.state !== undefined && states.get(event.order) !== event.state;
    if (event.order !== undefined && event.state !== undefined) states.set(event.order, event.state);
    const newFault = event.fault !== undefined && !told.has(event.fault);
    const ofPaper = paper && event.what.startsWith('printer.');
    if (!eventWords(event).matters && !moved && !newFault && !ofPaper) continue;
    if (event.fault !== undefined) told.add(event.fault);
    const fault = newFault ? scenario.faults[event.fault ?? -1] : undefined;
    const why = fault && faultWords(fault, order);
    const words = sentence(event, scenario, order, moved);
    lines.push({
      no: event.no,
      time: timeOf(event.at, first),
      tone: event.fault === undefined ? 'plain' : 'fault',
      zh: why ? `${words.zh}〔故障:${why.zh}〕` : words.zh,
      en: why ? `${words.en} [FAULT ${fault?.fault}: ${why.en}]` : words.en,
    });
  }
  const kept = lines.length <= LONGEST ? lines : shortened(lines);
  const end = verdictSentence(input);
  return end
    ? [...kept, { ...end, time: timeOf(result.violation?.at ?? first, first), tone: 'broken' }]
    : kept;
}

/** Which rule is broken, or why nothing can be said; nothing where all is well. */
export function verdictSentence({ result }: Pick<ReportInput, 'result'>): Words | undefined {
  const { violation, crash, verdict } = result;
  if (violation) {
    const name = nameOf(violation.invariant);
    return {
      zh: `违反 ${violation.invariant}「${name.zh}」:${violation.zh}`,
      en: `Broken: ${violation.invariant} ${name.en}: ${violation.en}`,
    };
  }
  if (crash !== undefined) return { zh: `程序出错:${crash}`, en: `The program threw: ${crash}` };
  return verdict === 'pass' ? undefined : { zh: '无法判断', en: 'Nothing can be said' };
}

/** One event as a sentence: who, what, to whom, lost or not, and the state where it has changed. */
export function sentence(
  event: TraceEvent,
  scenario: Scenario,
  order: string | undefined,
  moved: boolean,
): Words {
  const words = eventWords(event);
  const who = placeWords(event.lane);
  const plan = scenario.orders.find(({ name }) => name === event.order);
  const of = event.order === undefined || event.order === order ? '' : event.order;
  let zh: string;
  let en: string;
  if (event.to !== undefined) {
    const whom = placeWords(event.to);
    zh = `${apart(who.zh)}向${apart(whom.zh)}发出「${words.zh}」${event.lost ? ',没有送到' : ''}`;
    en = `${who.en} sends «${words.en}» to ${whom.en}${event.lost ? '; it never arrives' : ''}`;
  } else if (words.kind === 'durable') {
    zh = '平台已把它写入磁盘';
    en = 'platform has it on disk';
  } else if (words.kind === 'mark') {
    const everybody = event.lane === 'world' || /cut/i.test(event.what);
    zh = everybody ? words.zh : `${apart(who.zh)}${words.zh}`;
    en = everybody ? words.en : `${who.en} ${words.en}`;
  } else {
    zh = words.zh === event.what ? `${who.zh}:${words.zh}` : `${apart(who.zh)}${words.zh}`;
    en = `${who.en}${words.en === event.what ? ':' : ''} ${words.en}`;
  }
  if ((words.kind === 'cash' || words.kind === 'charge') && plan) {
    const amount = amountWords(plan);
    zh += ` ${amount.zh}`;
    en += ` ${amount.en}`;
  }
  // That nobody has heard of it yet goes without saying.
  if (event.state !== undefined && event.state !== 'new' && (moved || words.kind === 'state')) {
    const state = stateWords(event.state);
    zh += `,订单${of && ` ${of}`}:${state.zh}`;
    en += `; order${of && ` ${of}`}: ${state.en}`;
  } else if (of) {
    zh += `(订单 ${of})`;
    en += ` (order ${of})`;
  }
  return { zh, en: en.charAt(0).toUpperCase() + en.slice(1) };
}

/** A number and a Chinese character stand apart. */
const apart = (zh: string) => (/\d$/.test(zh) ? `${zh} ` : zh);

/** `50.00 元(138****1234)`; of a void only what it takes back. */
export function amountWords(plan: OrderPlan): Words {
  if (plan.do === 'void' || plan.do === 'cardVoid')
    return { zh: `(撤销 ${plan.of})`, en: `(void of ${plan.of})` };
  const account =
    plan.do === 'topup' ? masked(plan.account) : plan.do === 'card' ? `电卡 ${plan.customer}` : undefined;
  return {
    zh: `${yuan(plan.fen)} 元${account ? `(${account})` : ''}`,
    en: `${yuan(plan.fen)}${account ? ` for ${account}` : ''}`,
  };
}

/** The clock of an instant; `+1d` where it is a later day than the first event's. */
export function timeOf(at: number, first: number): string {
  const days = dayOf(at) - dayOf(first);
  return `${days > 0 ? `+${days}d ` : ''}${clockText(at)}`;
}

function shortened(lines: StoryLine[]): StoryLine[] {
  // Faults stay whatever happens; of the rest the beginning and the end.
  const spare = lines.length - LONGEST;
  const middle = lines.slice(12, 12 + spare + 1).filter(({ tone }) => tone === 'plain').length;
  let left = middle;
  const gap: StoryLine = {
    time: '',
    tone: 'plain',
    zh: `……略去 ${middle} 步……`,
    en: `… ${middle} steps left out …`,
  };
  const kept = lines.filter((line, i) => i < 12 || line.tone === 'fault' || left-- <= 0);
  return [...kept.slice(0, 12), gap, ...kept.slice(12)];
}
