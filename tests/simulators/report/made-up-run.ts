import type { ReportInput } from '../../../simulators/report/input.ts';
import type { RunResult, TraceEvent } from '../../../simulators/world/result.ts';
import type { Scenario } from '../../../simulators/world/scenario.ts';

/** 2026-11-23 14:03:12, Shanghai. */
export const BEGIN = Date.UTC(2026, 10, 23, 6, 3, 12);

/** A text that would end a script element, or run, wherever it is not escaped. */
export const NASTY = '</script><script>document.title="broken out"</script><img src=x onerror=alert(1)>&"\'';

const SCENARIO: Scenario = {
  v: 1,
  seed: 8,
  world: {
    start: '2026-11-23 14:00:00',
    hours: 1,
    stations: 2,
    creditFen: 100_000,
    without: ['clientRetry'],
  },
  orders: [
    { name: 'a', at: '14:03:12.000', station: 1, do: 'topup', account: '13808001234', fen: 5_000 },
    {
      name: 'b',
      at: '14:03:12.500',
      station: 2,
      do: 'topup',
      account: '13908005678',
      fen: 10_000,
      conduct: 'lateSuccess',
    },
  ],
  operations: [],
  faults: [
    { fault: 'NET-DROP', order: 'a', message: 'carrier.perform.accepted' },
    { fault: 'PLT-CRASH', order: 'a', nth: 2, point: 'afterAppend', forMs: 8_000 },
    { fault: 'CAR-LOST-REPLY', order: 'a' },
    { fault: 'BRK-RESTART', at: '14:50:00', forMs: 1_000 },
  ],
};

type Told = Omit<TraceEvent, 'no'>;

/** Of order a: the platform dies, asks nobody, and calls a timeout a failure. */
function orderA(): Told[] {
  const a = { order: 'a' };
  const at = (ms: number) => BEGIN + ms;
  const request = JSON.stringify({ account: '13808001234', amountFen: 5_000, note: NASTY });
  return [
    { at: at(0), lane: 'teller 1', what: 'takes cash', state: 'new', ...a },
    {
      at: at(0),
      lane: 'station 1',
      to: 'platform',
      arrivesAt: at(9),
      what: 'http.command',
      detail: request,
      ...a,
    },
    { at: at(9), lane: 'platform', what: 'decides', state: 'sent', ...a },
    { at: at(13), lane: 'disk', what: 'durable', detail: 'records 41–43', ...a },
    {
      at: at(13),
      lane: 'platform',
      to: 'carrier',
      arrivesAt: at(29),
      what: 'carrier.perform',
      detail: request,
      ...a,
    },
    {
      at: at(13),
      lane: 'platform',
      to: 'station 1',
      arrivesAt: at(25),
      what: 'http.reply',
      state: 'sent',
      ...a,
    },
    {
      at: at(29),
      lane: 'carrier',
      to: 'platform',
      lost: true,
      fault: 0,
      what: 'carrier.perform.accepted',
      ...a,
    },
    { at: at(31), lane: 'carrier', what: 'charged', fault: 2, detail: '{"fen":5000}', ...a },
    { at: at(40), lane: 'disk', what: 'durable', detail: 'records 44–44', ...a },
    { at: at(40), lane: 'platform', what: 'crash', fault: 1, ...a },
    { at: at(8_040), lane: 'platform', what: 'recovered', detail: '{"orders":2}' },
    {
      at: at(8_052),
      lane: 'platform',
      to: 'carrier',
      arrivesAt: at(10_100),
      what: 'carrier.inquire',
      state: 'unknown',
      ...a,
    },
    { at: at(10_481), lane: 'platform', what: 'decides', state: 'failed', ...a },
    { at: at(10_481), lane: 'disk', what: 'durable', detail: 'records 50–52', ...a },
  ];
}

/** Chatter of the other station: fills the run up to so many events. */
function others(count: number): Told[] {
  return Array.from({ length: count }, (_, i): Told => {
    const at = BEGIN + 500 + i * 120;
    const order = i % 7 === 6 ? undefined : i % 3 === 0 ? 'b' : `filler ${i % 97}`;
    const event: Told =
      i % 5 === 0
        ? { at, lane: 'disk', what: 'durable' }
        : i % 5 === 1
          ? { at, lane: 'platform', to: 'printer 2', arrivesAt: at + 12, what: 'printer.print' }
          : {
              at,
              lane: 'carrier',
              to: 'platform',
              arrivesAt: at + 20,
              what: 'carrier.perform.processing',
              detail: `{"i":${i}}`,
            };
    return order === undefined
      ? { at, lane: 'broker', what: 'beat' }
      : { ...event, order, state: 'processing' };
  });
}

/** A failing run of so many events, as the world would hand it over. */
export function madeUpRun({ events = 200 } = {}): ReportInput {
  const told = [...orderA(), ...others(events - 14)].sort((a, b) => a.at - b.at);
  const trace = told.map((event, i) => ({ no: i + 1, ...event }));
  const end = { fen: 5_000, businessDate: '2026-11-23', chargedFen: 5_000, cases: 0 };
  const result: RunResult = {
    verdict: 'fail',
    violation: {
      invariant: 'S7',
      kind: 'safety',
      at: BEGIN + 10_481,
      order: 'a',
      zh: '订单 a 被记为失败,但没有任何证据:应有「移动的失败答复」,实有「无」。',
      en: 'Order a was ended as failed without evidence: expected a decline of the carrier, seen none.',
    },
    traceHash: 'f00d',
    virtualSeconds: 60,
    events,
    orders: 2,
    receipts: [
      { index: 0, fault: 'NET-DROP', at: BEGIN + 29, states: ['sent'] },
      { index: 1, fault: 'PLT-CRASH', at: BEGIN + 40, states: ['sent', 'processing'] },
      { index: 2, fault: 'CAR-LOST-REPLY', at: BEGIN + 31, states: ['sent'] },
    ],
    probes: { 'late success after the end': 2, 'will of a living place': 0 },
    checked: { S1: 61, S5: 4, S7: 3, S13: 0, L1: 2 },
    ends: {
      a: { ...end, state: 'failed' },
      b: { ...end, state: 'succeeded', fen: 10_000, chargedFen: 10_000 },
    },
    credit: { '51010001': 100_000, '51010002': 90_000 },
    trace,
  };
  return {
    scenario: SCENARIO,
    full: { ...SCENARIO, orders: [...SCENARIO.orders, ...SCENARIO.orders] },
    result,
    commit: 'abc1234',
  };
}
