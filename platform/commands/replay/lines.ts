import type { OrderEnd, RunResult, TraceEvent } from '../../../simulators/world/result.ts';
import type { Scenario } from '../../../simulators/world/scenario.ts';
import { instantText } from '../../../simulators/world/scenario-time.ts';

/** `14:03:22.481  platform → carrier   carrier.perform  [a processing]`, one line of the story. */
export function eventLine(scenario: Scenario, event: TraceEvent): string {
  const { at, lane, to, what, order, state, fault, lost, arrivesAt } = event;
  const where = to === undefined ? lane : `${lane} ${lost ? '╳' : '→'} ${to}`;
  const about = order === undefined ? [] : [`[${[order, state].filter(Boolean).join(' ')}]`];
  const late = arrivesAt === undefined || lost ? [] : [`(+${Math.round(arrivesAt - at)} ms)`];
  const by = fault === undefined ? [] : [`故障 FAULT ${fault}: ${scenario.faults[fault]?.fault ?? '?'}`];
  return [timeText(scenario, at), where.padEnd(24), what, ...about, ...late, ...by].join('  ').trimEnd();
}

/** Always with milliseconds, so that the columns stand. */
function timeText(scenario: Scenario, at: number): string {
  const text = instantText(scenario, Math.floor(at));
  return (text.includes('.') ? text : `${text}.000`).padStart(12);
}

/** How every order ended, or where it is so far; then the credit of the outlets. */
export function endLines({ ends, credit }: Pick<RunResult, 'ends' | 'credit'>): string[] {
  return [
    ...Object.entries(ends).map(([name, end]) => `订单 order ${name}: ${endText(end)}`),
    ...Object.entries(credit).map(([outlet, fen]) => `信誉度 credit ${outlet}: ${yuan(fen)}`),
  ];
}

export function endText({ state, fen, businessDate, problem, chargedFen, cases }: OrderEnd): string {
  return [
    `${state} ${yuan(fen)}`,
    ...(businessDate ? [businessDate] : []),
    ...(problem === undefined ? [] : [problem]),
    `carrier charged ${yuan(chargedFen)}`,
    ...(cases > 0 ? [`${cases} open case${cases === 1 ? '' : 's'}`] : []),
  ].join(', ');
}

const yuan = (fen: number) => (fen / 100).toFixed(2);
