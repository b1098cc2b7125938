import type { TraceEvent } from '../world/result.ts';
import { eventWords } from './event-words.ts';
import { faultWords } from './fault-words.ts';
import type { ReportInput } from './input.ts';
import { nameOf } from './invariant-names.ts';
import { LANE_WORDS, LANES, laneOf, placeWords } from './lanes.ts';
import { causalSlice, failingOrder } from './slice.ts';
import { stateWords } from './states.ts';
import { amountWords } from './story.ts';

/**
 * One event as the page reads it; indexes into the lists of {@link RunData}, −1 for none: no, at, place, to, arrivesAt, lost,
 * label, order, state, fault, detail.
 */
export type Row = [number, number, number, number, number, 0 | 1, number, number, number, number, string];

/** All that the page's script needs. Whatever repeats stands once in a list. */
export interface RunData {
  lanes: [zh: string, en: string][];
  places: [lane: number, which: string, zh: string, en: string][];
  labels: [what: string, zh: string, en: string, kind: string][];
  orders: [name: string, zh: string, en: string][];
  states: [zh: string, en: string, tone: string][];
  faults: [name: string, zh: string, en: string][];
  /** Index of the failing order, −1 for none. */
  order: number;
  /** The rule is broken after the event of this number. */
  broken: { after: number; zh: string; en: string } | null;
  total: number;
  /** The first instant of the whole trace, ms: days are counted from it. */
  first: number;
  /** The causal slice. */
  rows: Row[];
}

export function pageData(input: Pick<ReportInput, 'scenario' | 'result'>): { run: RunData; rest: Row[] } {
  const { scenario, result } = input;
  const trace = result.trace ?? [];
  const failing = failingOrder(input);
  const places = list<[number, string, string, string]>((place) => {
    const { lane, which } = laneOf(place);
    const { zh, en } = placeWords(place);
    return [lane === 'world' ? -1 : LANES.indexOf(lane), which, zh, en];
  });
  const labels = new Map<string, number>();
  const labelRows: RunData['labels'] = [];
  const labelOf = (event: TraceEvent) => {
    const key = `${event.lane} ${event.to === undefined ? '' : '>'} ${event.what}`;
    let index = labels.get(key);
    if (index === undefined) {
      const { zh, en, kind } = eventWords(event);
      index = labelRows.push([event.what, zh, en, kind]) - 1;
      labels.set(key, index);
    }
    return index;
  };
  const orders = list<[string, string, string]>((name) => {
    const plan = scenario.orders.find((each) => each.name === name);
    const { zh, en } = plan ? amountWords(plan) : { zh: '', en: '' };
    return [name, zh, en];
  });
  const states = list<[string, string, string]>((state) => {
    const { zh, en, tone } = stateWords(state);
    return [zh, en, tone];
  });
  for (const { name } of scenario.orders) orders.index(name);
  const rowOf = (event: TraceEvent): Row => [
    event.no,
    event.at,
    places.index(event.lane),
    event.to === undefined ? -1 : places.index(event.to),
    event.arrivesAt ?? -1,
    event.lost ? 1 : 0,
    labelOf(event),
    orders.index(event.order),
    states.index(event.state),
    event.fault ?? -1,
    event.detail ?? '',
  ];
  const slice = causalSlice(input);
  const chosen = new Set(slice.map(({ no }) => no));
  const rows = slice.map(rowOf);
  const rest = trace.filter(({ no }) => !chosen.has(no)).map(rowOf);
  return {
    run: {
      lanes: LANES.map((lane) => [LANE_WORDS[lane]?.zh ?? lane, LANE_WORDS[lane]?.en ?? lane]),
      places: places.values,
      labels: labelRows,
      orders: orders.values,
      states: states.values,
      faults: scenario.faults.map((fault) => [fault.fault, faultWords(fault).zh, faultWords(fault).en]),
      order: orders.index(failing),
      broken: brokenOf(input, trace),
      total: trace.length,
      first: trace[0]?.at ?? 0,
      rows,
    },
    rest,
  };
}

function brokenOf(
  { result: { violation } }: Pick<ReportInput, 'result'>,
  trace: readonly TraceEvent[],
): RunData['broken'] {
  if (!violation) return null;
  const last = trace.findLast(({ at }) => at <= violation.at);
  const { zh, en } = nameOf(violation.invariant);
  return {
    after: last?.no ?? 0,
    zh: `违反 ${violation.invariant} ${zh}`,
    en: `${violation.invariant} ${en} broken`,
  };
}

/** Values by key, each made once and known by its index. */
function list<T>(make: (key: string) => T) {
  const indexes = new Map<string, number>();
  const values: T[] = [];
  return {
    values,
    index(key: string | undefined): number {
      if (key === undefined) return -1;
      let index = indexes.get(key);
      if (index === undefined) {
        index = values.push(make(key)) - 1;
        indexes.set(key, index);
      }
      return index;
    },
  };
}
