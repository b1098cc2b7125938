import { encode } from '../../../contracts/envelope.ts';
import { createChecker } from '../../../simulators/checker/checker.ts';
import type { InvariantId } from '../../../simulators/checker/invariant.ts';
import type { Image, Intent } from '../../../simulators/checker/observation.ts';
import type { LoggedOrder, LoggedTransfer, LogRecord } from '../../../simulators/checker/records.ts';

/** 2026-11-23 08:00 in Shanghai, ms. */
export const START = 1_795_392_000_000;
export const DAY = '2026-11-23';
export const OUTLET = '51010001';
export const OFFICE = '51019999';
export const PHONE = '13808001234';
export const CARRIER = 'cp.china-mobile.1';
export const PRINTER = `dev.${OUTLET}.1.printer`;
export const hash = (text: string) => `#${text.length}-${text.slice(-40)}`;

/** A full order id from a short name. */
export const idOf = (name: string) => `01K${name.toUpperCase().padEnd(23, '0')}`;

/** What goes into a record: everything of it but its time. */
type Fact = LogRecord extends infer R
  ? R extends LogRecord
    ? Omit<R, 'at'> & { at?: number }
    : never
  : never;

/** A checker, and hands to feed it observations with: time passes only where a test says so. */
export function stage(...only: InvariantId[]) {
  const checker = createChecker({ hash, ...(only.length > 0 ? { only } : {}) });
  const accounts = new Map<string, [number, number, number, number]>();
  const states = new Map<string, string>();
  let businessDate = '';
  let now = START;
  let last = 0;
  let prev = '';

  function post({ kind, debit, credit, amountFen }: LoggedTransfer): void {
    for (const [name, side] of [
      [debit, 0],
      [credit, 1],
    ] as const) {
      const sums = accounts.get(name) ?? [0, 0, 0, 0];
      accounts.set(name, sums);
      if (kind === 'hold') sums[side + 2] = (sums[side + 2] ?? 0) + amountFen;
      if (kind === 'capture' || kind === 'release') sums[side + 2] = (sums[side + 2] ?? 0) - amountFen;
      if (kind === 'capture' || kind === 'single') sums[side] = (sums[side] ?? 0) + amountFen;
    }
  }

  function keep(record: LogRecord): void {
    if (record.type === 'dayOpened') businessDate = record.businessDate;
    if (record.type === 'orderOpened' || record.type === 'orderRejected') {
      states.set(record.order.id, record.order.state);
      for (const transfer of record.order.transfers) post(transfer);
    }
    if (record.type === 'orderMoved') states.set(record.order, record.state);
    if (record.type === 'orderEnded') {
      states.set(record.order, record.state);
      for (const transfer of record.transfers) post(transfer);
    }
  }

  const self = {
    checker,
    now: () => now,
    pass(ms: number): void {
      now += ms;
    },
    /** One block of these facts, durable now. */
    write(...facts: Fact[]): void {
      const records = facts.map((fact) => ({ at: now, ...fact })) as LogRecord[];
      for (const record of records) keep(record);
      self.block({ body: JSON.stringify({ v: 1, records }), first: last + 1, last: last + records.length });
    },
    block(block: { body: string; first: number; last: number; prev?: string; hash?: string }): void {
      const linked = { prev, at: now, ...block };
      const whole = {
        ...linked,
        hash: block.hash ?? hash(`${linked.prev}\n${block.first}\n${block.last}\n${now}\n${block.body}`),
      };
      last = block.last;
      prev = whole.hash;
      checker.durable(now, whole);
    },
    openDay: (date = DAY) =>
      self.write({ type: 'started', epoch: 'e' }, { type: 'dayOpened', businessDate: date }),
    /** What the platform would hold if it folded its log well; `change` makes it otherwise. */
    image(change: Partial<Image> = {}): Image {
      return {
        businessDate,
        orders: [...states],
        accounts: [...accounts].map(([name, sums]) => [name, [...sums] as const]),
        ...change,
      };
    },
    quiet: (change: Partial<Image> = {}) => checker.quiet(now, self.image(change)),
    restart(change: Partial<Image> = {}): void {
      checker.crashed(now);
      self.pass(5_000);
      checker.recovered(now, self.image(change));
    },
    intend(name: string, more: Partial<Intent> = {}): void {
      checker.intended(now, {
        order: idOf(name),
        name,
        outlet: OUTLET,
        station: '1',
        do: 'topup',
        account: PHONE,
        fen: 5_000,
        ...more,
      });
      checker.submitted(now, idOf(name));
    },
    tell(name: string, state: string, more: object = {}, outlet = OUTLET): void {
      const order = { id: idOf(name), outlet: OUTLET, state, businessDate: DAY, amountFen: 5_000, ...more };
      const text = JSON.stringify(
        state === 'refused' ? { ok: false, code: 'platform.x' } : { ok: true, order },
      );
      checker.told(now, { order: idOf(name), outlet, state, text });
    },
    /** A request of the platform's leaves. */
    send(place: string, type: string, id: string, order: string, data: object, key?: string): void {
      const more = key === undefined ? {} : { key };
      checker.left(
        now,
        `yz/1/${place.replaceAll('.', '/')}/req`,
        encode({
          id,
          source: 'platform',
          type: `yizhan.${type}`,
          time: now,
          correlation: order,
          ...more,
          data,
        }),
      );
    },
    perform: (name: string, data: object = { account: PHONE, amountFen: 5_000 }, key = `${idOf(name)}.1`) =>
      self.send(CARRIER, 'carrier.perform', key, idOf(name), data, key),
    /** A reply of the carrier's arrives. */
    reply(name: string, leaf: string, data: object, causation = `${idOf(name)}.1`): void {
      checker.delivered(
        now,
        'yz/1/cp/china-mobile/1/rep',
        encode({
          id: `r${now}-${leaf}-${causation}`,
          source: CARRIER,
          type: `yizhan.carrier.${leaf}`,
          time: now,
          correlation: idOf(name),
          causation,
          data,
        }),
      );
    },
    succeeds: (name: string, counterpartNo = 'CM1', result: object = { account: PHONE, amountFen: 5_000 }) =>
      self.reply(name, 'perform.completed', { outcome: 'success', result: { ...result, counterpartNo } }),
    fails: (name: string, code = 'counterpart.declined', effect = 'none', outcome = 'failure') =>
      self.reply(name, 'perform.completed', {
        outcome,
        error: { code, effect, retry: 'never', action: 'none' },
      }),
    /** The facts of a life. */
    opened: (name: string, more: Partial<LoggedOrder> = {}): Fact => ({
      type: 'orderOpened',
      order: payment(name, now, more),
    }),
    ended: (name: string, state: 'succeeded' | 'failed', more: object = {}): Fact => ({
      type: 'orderEnded',
      order: idOf(name),
      state,
      leg: 1,
      why: 'said so',
      ...(state === 'succeeded' ? { counterpartNo: 'CM1' } : { problem: 'counterpart.declined' }),
      transfers: [transfer(state === 'succeeded' ? 'capture' : 'release', now)],
      ...(state === 'succeeded' ? { receiptNo: '261123-0001' } : {}),
      ...more,
    }),
    bought: (name: string, fen = 100_000, more: Partial<LoggedOrder> = {}): Fact => ({
      type: 'orderOpened',
      order: purchase(name, now, fen, more),
    }),
    broken() {
      const { violation, failedItself } = checker.verdict();
      if (failedItself) throw new Error(failedItself);
      if (violation && /[\u4e00-\u9fff]/.test(violation.en)) throw new Error(`not English: ${violation.en}`);
      return violation;
    },
    checked: (id: InvariantId) => checker.verdict().checked[id] ?? 0,
  };
  return self;
}

export function transfer(
  kind: 'hold' | 'capture' | 'release',
  at: number,
  more: Partial<LoggedTransfer> = {},
): LoggedTransfer {
  return {
    id: `${kind}.1`,
    kind,
    ...(kind === 'hold' ? {} : { hold: 'hold.1' }),
    debit: `credit:${OUTLET}`,
    credit: 'payable:china-mobile',
    amountFen: 5_000,
    at,
    postingDate: DAY,
    ...more,
  };
}

export function payment(name: string, at: number, more: Partial<LoggedOrder> = {}): LoggedOrder {
  const id = idOf(name);
  return {
    id,
    kind: 'payment',
    outlet: OUTLET,
    by: { organisation: OUTLET, station: '1', operator: '0001' },
    service: 'mobile-topup',
    fields: { phone: PHONE },
    amountFen: 5_000,
    createdAt: at,
    businessDate: DAY,
    journalNo: '26112300015',
    state: 'processing',
    legs: [{ no: 1, counterpart: 'china-mobile', key: `${id}.1`, stage: 'sent' }],
    transfers: [transfer('hold', at)],
    ...more,
  };
}

export function purchase(
  name: string,
  at: number,
  fen: number,
  more: Partial<LoggedOrder> = {},
): LoggedOrder {
  return {
    id: idOf(name),
    kind: 'creditPurchase',
    outlet: OUTLET,
    by: { organisation: OFFICE, station: '1', operator: '9001' },
    fields: {},
    amountFen: fen,
    createdAt: at,
    businessDate: DAY,
    journalNo: '26112300023',
    state: 'succeeded',
    legs: [],
    receipt: { number: '261123-0001' },
    transfers: [
      {
        id: 'purchase',
        kind: 'single',
        debit: `cash:${OFFICE}`,
        credit: `credit:${OUTLET}`,
        amountFen: fen,
        at,
        postingDate: DAY,
      },
    ],
    ...more,
  };
}

/** A print job of an order, as it is requested. */
export const job = (name: string, no = 1, copy = no - 1, more: object = {}): Fact => ({
  type: 'printRequested',
  order: idOf(name),
  job: {
    no,
    copy,
    organisation: OUTLET,
    station: '1',
    key: `${idOf(name)}.p${no}`,
    state: 'sent',
    ...more,
  },
});

/** The lines of a receipt. */
export const receipt = (mark: string[] = [], more: string[] = []): string[] => [
  '邮政便民服务站',
  '缴费收据',
  ...mark,
  '----',
  '手机号码: 138****1234',
  '金额 ￥50.00',
  '流水号: 26112300015',
  '收据号: 261123-0001',
  ...more,
];
