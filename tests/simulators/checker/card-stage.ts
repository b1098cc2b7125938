import { encode } from '../../../contracts/envelope.ts';
import type { InvariantId } from '../../../simulators/checker/invariant.ts';
import type { LoggedOrder } from '../../../simulators/checker/records.ts';
import { DAY, idOf, OUTLET, stage } from './stage.ts';

export const SERIAL = '0051010000000001';
export const METER = '000100000001';
export const UTILITY = 'cp.state-grid.1';
export const READER = `dev.${OUTLET}.1.reader`;
const CREDIT = `credit:${OUTLET}`;
const PAYABLE = 'payable:state-grid';

/** What was on the card before anything was sold: the meter has taken it. */
export const BEFORE = { count: 7, amountFen: 3_000 };
export const FEN = 20_000;
export const AFTER = { count: 8, amountFen: FEN };

/** A checker with a card, its meter, its utility and its reader, and hands for each of them. */
export function cardStage(...only: InvariantId[]) {
  const s = stage(...only);
  const { checker } = s;
  const at = () => s.now();
  const key = (name: string) => `${idOf(name)}.1`;
  for (const place of [UTILITY, READER]) checker.online(at(), place, true);
  checker.card(at(), SERIAL, { ...BEFORE, returnedCount: BEFORE.count });

  const self = {
    ...s,
    /** The customer stands there with the card. */
    wants: (name: string, more: object = {}) =>
      s.intend(name, { do: 'card', account: METER, fen: FEN, card: { serial: SERIAL, count: 8 }, ...more }),
    opens(name: string, more: Partial<LoggedOrder> = {}): void {
      s.write({ type: 'orderOpened', order: cardOrder(name, at(), more) });
    },
    moves: (name: string, stage: string, mayBeWritten?: boolean) =>
      s.write({
        type: 'cardMoved',
        order: idOf(name),
        to: { stage, ...(mayBeWritten === undefined ? {} : { mayBeWritten }) },
      }),
    ends(name: string, state: 'succeeded' | 'failed', more: object = {}): void {
      s.write({
        type: 'orderEnded',
        order: idOf(name),
        state,
        why: 'said so',
        ...(state === 'failed' ? { problem: 'platform.cardNotWritten' } : { receiptNo: '261123-0001' }),
        transfers: [moved(state === 'succeeded' ? 'capture' : 'release', at())],
        ...more,
      });
    },
    /** A void ends: its money moves back. */
    voids(name: string, of: string, fen = FEN): void {
      s.write(
        { type: 'orderVoided', order: idOf(of), by: idOf(name) },
        {
          type: 'orderEnded',
          order: idOf(name),
          state: 'succeeded',
          why: 'void confirmed',
          transfers: [back(at(), fen)],
          receiptNo: '261123-0002',
        },
      );
    },
    /** What the utility's books do. */
    books: (name: string, what: Parameters<typeof checker.utility>[2], wallet = AFTER) =>
      checker.utility(at(), key(name), what, {
        serial: SERIAL,
        meterNo: METER,
        count: wallet.count,
        fen: wallet.amountFen,
      }),
    /** What is on the card from now on; written, its return file is empty. */
    bears: (wallet: { count: number; amountFen: number } | undefined, returnedCount?: number) =>
      checker.card(
        at(),
        SERIAL,
        wallet && { ...wallet, ...(returnedCount === undefined ? {} : { returnedCount }) },
      ),
    inserts(creditedFen: number, shown = '200.00 元'): void {
      checker.meter(at(), METER, SERIAL, creditedFen, shown);
    },
    asks: (name: string, data: object = {}) =>
      s.send(
        UTILITY,
        'utility.order',
        key(name),
        idOf(name),
        { meterNo: METER, cardSerial: SERIAL, ...AFTER, ...data },
        key(name),
      ),
    reads: (name: string, round: number, challenge: string) => {
      s.send(READER, 'card-reader.read', `${idOf(name)}.r${round}`, idOf(name), {});
      self.says(READER, 'card-reader.read.completed', name, `${idOf(name)}.r${round}`, {
        outcome: 'success',
        result: { challenge },
      });
    },
    seals: (name: string, round: number, challenge: string, authorization: string) => {
      const id = `${idOf(name)}.s${round}.${challenge}`;
      s.send(UTILITY, 'utility.seal', id, idOf(name), { cardSerial: SERIAL, challenge });
      self.says(UTILITY, 'utility.seal.completed', name, id, {
        outcome: 'success',
        result: { authorization },
      });
    },
    writes: (name: string, round: number, data: object = {}) =>
      s.send(READER, 'card-reader.write', `${idOf(name)}.w${round}`, idOf(name), {
        serial: SERIAL,
        before: BEFORE,
        after: AFTER,
        challenge: 'C1',
        authorization: 'A1',
        ...data,
      }),
    /** A place's reply reaches the platform. */
    says(place: string, leaf: string, name: string, causation: string, data: object): void {
      checker.delivered(
        at(),
        `yz/1/${place.replaceAll('.', '/')}/rep`,
        encode({
          id: `r-${causation}-${at()}`,
          source: place,
          type: `yizhan.${leaf}`,
          time: at(),
          correlation: idOf(name),
          causation,
          data,
        }),
      );
    },
    /** A whole purchase: ordered, written, confirmed, and the card home in its meter. */
    sells(name: string, more: object = {}): void {
      self.buys(name, more);
      self.inserts(FEN);
      self.bears(AFTER, AFTER.count);
    },
    /** As far as the customer takes the card home. */
    buys(name: string, more: object = {}): void {
      self.wants(name);
      self.opens(name);
      self.asks(name);
      self.books(name, 'ordered');
      self.reads(name, 1, 'C1');
      self.seals(name, 1, 'C1', 'A1');
      self.moves(name, 'writing', true);
      self.writes(name, 1);
      self.bears(AFTER);
      self.ends(name, 'succeeded', more);
      self.moves(name, 'closing');
      self.books(name, 'confirmed');
      self.moves(name, 'closed');
    },
    /** The end of a world that has healed. */
    over(): void {
      checker.healed(at(), [OUTLET]);
      s.pass(600_000);
      checker.end(at());
    },
  };
  s.openDay();
  return self;
}

const moved = (kind: 'hold' | 'capture' | 'release', at: number) => ({
  id: `${kind}.1`,
  kind,
  ...(kind === 'hold' ? {} : { hold: 'hold.1' }),
  debit: CREDIT,
  credit: PAYABLE,
  amountFen: FEN,
  at,
  postingDate: DAY,
});

const back = (at: number, amountFen: number) => ({
  id: 'refund',
  kind: 'single',
  debit: PAYABLE,
  credit: CREDIT,
  amountFen,
  at,
  postingDate: DAY,
});

function cardOrder(name: string, at: number, more: Partial<LoggedOrder>): LoggedOrder {
  const id = idOf(name);
  return {
    id,
    kind: 'cardPurchase',
    outlet: OUTLET,
    by: { organisation: OUTLET, station: '1', operator: '0001' },
    service: 'meter-card',
    fields: { meterNo: METER },
    amountFen: FEN,
    createdAt: at,
    businessDate: DAY,
    journalNo: '26112300031',
    state: 'processing',
    legs: [{ no: 1, counterpart: 'state-grid', key: `${id}.1`, stage: 'sent' }],
    transfers: [moved('hold', at)],
    card: { serial: SERIAL, meterNo: METER, before: BEFORE, after: AFTER },
    ...more,
  };
}

/** The void of a purchase on the card: the other way round, and nothing is held. */
export const cardVoidOf = (name: string): Partial<LoggedOrder> => ({
  kind: 'cardVoid',
  voids: idOf(name),
  transfers: [],
  card: { serial: SERIAL, meterNo: METER, before: AFTER, after: BEFORE },
});
