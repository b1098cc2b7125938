/**
 * What an observer outside the platform sees, told as it happens: the truth of the counterpart, the drawer and the paper, the
 * wire, and the disk. `at` is the world's time in ms, which no clock of the platform's need agree with. An order is named by
 * its id everywhere; a place by its name (`cp.china-mobile.1`, `dev.51010001.1.printer`).
 */
export interface Observer {
  /** A person stands at the counter with this: told before anything of it is sent. */
  intended(at: number, intent: Intent): void;
  /** The order's command reached the platform so often; `again` where the teller insists. */
  submitted(at: number, order: string): void;
  /** What a station was told about an order: a command's answer, or what it read later. */
  told(at: number, told: Told): void;
  /** The customer's cash: positive into the drawer, negative given back, in fen. */
  cash(at: number, order: string, fen: number): void;
  /** A message that reached the platform's process, whole or not, as text. */
  delivered(at: number, topic: string, text: string): void;
  /** A message that left the platform's process. */
  left(at: number, topic: string, text: string): void;
  /** A block that is on the disk. From here on nothing can take it back. */
  durable(at: number, block: WrittenBlock): void;
  /** What the carrier's books did, by the order's idempotency key. */
  carrier(
    at: number,
    key: string,
    what: 'taken' | 'charged' | 'declined',
    account: string,
    fen: number,
  ): void;
  /** What the utility's books did, by the key of the purchase's order; `fen` of the purchase. */
  utility(
    at: number,
    key: string,
    what: 'ordered' | 'failed' | 'confirmed' | 'cancelled' | 'voidOrdered' | 'voided' | 'voidCancelled',
    card: { serial: string; meterNo: string; count: number; fen: number },
  ): void;
  /** What is on a meter card from now on, whoever wrote it; `undefined` where a file is torn and says nothing. */
  card(at: number, serial: string, found: CardFound | undefined): void;
  /** A customer put the card into the meter, which credited so much, in fen, and showed this. */
  meter(at: number, meterNo: string, serial: string, creditedFen: number, shown: string): void;
  /** A person settled a manual order from the counterpart's books. */
  settledByHand(at: number, order: string, outcome: 'succeeded' | 'failed'): void;
  /** A sheet of paper as it came out: `whole` unless something stopped it. Lines as they were printed. */
  paper(at: number, sheet: { place: string; job: string; lines: readonly string[]; whole: boolean }): void;
  /** The platform's process died, losing everything that was not durable. */
  crashed(at: number): void;
  /** It has recovered from the disk, and has not done anything yet; or refused to. `clock` is its clock, ms. */
  recovered(at: number, image: Image): void;
  refusedToStart(at: number, why: string): void;
  /** Nothing is queued, being decided or on its way to the disk: what the platform holds in memory. Only what moved since. */
  quiet(at: number, image: Image): void;
  /** The platform's own clock, whenever it was set otherwise than time passes. */
  clock(at: number, platformTime: number): void;
  /** The platform's process stands still for so long (a pause of its machine): no timer of its own runs meanwhile. */
  paused(at: number, forMs: number): void;
  /** Somebody changed what is on the platform's disk; `false`: it is again what was written. */
  tampered(at: number, is: boolean): void;
  /** A place's connection. */
  online(at: number, place: string, online: boolean): void;
  /**
   * From here on nothing new goes wrong, and what can heal has healed; `core` are the outlets that must work, `gone` the
   * counterparts that never come back.
   */
  healed(at: number, core: readonly string[], gone?: readonly string[]): void;
  /** Nothing more will happen. `recoverable` says why the rest can't come to an end, where it can't. */
  end(at: number): void;
}

/** The files of a meter card; `returnedCount` is missing where the return file is empty. */
export interface CardFound {
  count: number;
  amountFen: number;
  returnedCount?: number;
}

export interface Intent {
  order: string;
  /** The scenario's name of it, for stories. */
  name: string;
  outlet: string;
  station: string;
  do: 'topup' | 'credit' | 'void' | 'card' | 'cardVoid';
  /** A phone, or of a card its meter. */
  account: string;
  fen: number;
  /** Of a void: the purchase's id. */
  of?: string;
  /** Of an order on a meter card: its serial and the purchase count that it is to carry. */
  card?: { serial: string; count: number };
}

export interface Told {
  order: string;
  outlet: string;
  /** The state of the view, or `refused` with a problem code where there was no order in the answer. */
  state: string;
  problem?: string;
  /** The answer as JSON: everything that was shown. */
  text: string;
}

export interface WrittenBlock {
  first: number;
  last: number;
  /** When it was cut, in the platform's time. */
  at: number;
  prev: string;
  hash: string;
  /** `{"v":1,"records":[…]}` */
  body: string;
}

/** What a platform holds in memory, as plain data: all of it after a recovery, what moved since the last look otherwise. */
export interface Image {
  businessDate: string;
  /** id → [state, fen]; orders that are in memory. */
  orders: Iterable<readonly [string, string]>;
  /** account → debit, credit, pending debit, pending credit, in fen. */
  accounts: Iterable<readonly [string, readonly [number, number, number, number]]>;
}
