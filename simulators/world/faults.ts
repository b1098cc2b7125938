/**
 * What can go wrong, as a scenario lists it. Each is one removable item with a target; it counts only where a receipt says
 * that it really hit something, and in which state of which order. The sentences stand in `fault-catalogue.ts`.
 */
export type Fault =
  /** Of the `nth` (1) message of this name about the order. */
  | ({ fault: 'NET-DROP' } & OfMessage)
  | ({ fault: 'NET-DUP'; afterMs: number } & OfMessage)
  | ({ fault: 'NET-DELAY'; byMs: number } & OfMessage)
  /** Only of `http.reply`: the station sees the connection break at once. */
  | ({ fault: 'NET-RESET' } & OfMessage)
  | ({ fault: 'CAR-WRONG'; how: Wrong } & OfMessage)
  /** The completion comes once more, under another message id; `otherNo`: with another number of the carrier's. */
  | { fault: 'CAR-DUP-CB'; order: string; afterMs: number; otherNo?: boolean }
  /** How the carrier behaves with this order. */
  | {
      fault: 'CAR-TIMEOUT-CHARGED' | 'CAR-TIMEOUT-NOT' | 'CAR-LOST-REPLY' | 'CAR-PROC-FOREVER' | 'CAR-DOWN';
      order: string;
    }
  | { fault: 'CAR-LATE-OK' | 'CAR-LATE-FAIL'; order: string; afterMs: number; told: boolean }
  /** It ended one way, and the carrier says the opposite later (it was so, or has become so). */
  | { fault: 'CAR-FLIP'; order: string; afterMs: number }
  /** It has the order; so long after it took it, its inquiries know nothing of it any more, until everything heals. */
  | { fault: 'CAR-DENIES'; order: string; afterMs: number }
  /** The adapter's process dies, with or without its journal, and comes back after so long. */
  | { fault: 'CAR-CRASH'; at: string; forMs: Duration; losesJournal?: boolean }
  /**
   * The card is pulled out while the `command`th command of the `nth` (1) reading or writing for the order runs; of a command
   * that writes, so many bytes are on the card. Until somebody puts it back; `ever`: the customer leaves with it.
   */
  | {
      fault: 'CARD-PULL';
      order: string;
      nth?: number;
      during: 'read' | 'write';
      command: number;
      bytes?: number;
      forMs: Duration;
    }
  /** Another customer's card lies in the reader when the order's is looked for. */
  | { fault: 'CARD-SWAP'; order: string; nth?: number; forMs: Duration }
  /** The chip answers the `command`th command of the `nth` reading or writing with this status word, or not at all. */
  | {
      fault: 'CARD-BAD';
      order: string;
      nth?: number;
      during: 'read' | 'write';
      command: number;
      how: CardFlaw;
    }
  /** The customer has not put the card into the meter since the last purchase. */
  | { fault: 'CARD-COUNTER'; order: string }
  /** The reader's driver dies, or its line is lost, at the `command`th command of the `nth` writing. */
  | { fault: 'RDR-CRASH' | 'RDR-UNPLUG'; order: string; nth?: number; command: number; forMs: Duration }
  /** How the utility behaves with this order, or with the order of its void. */
  | { fault: 'UTL-TIMEOUT-ORDERED' | 'UTL-TIMEOUT-NOT' | 'UTL-LOST-REPLY' | 'UTL-DOWN'; order: string }
  /** So many times it does not seal, or what it is told of the card's end has no answer (taken all the same where `taken`). */
  | { fault: 'UTL-NO-SEAL'; order: string; times: number }
  | { fault: 'UTL-NO-CONFIRM'; order: string; times: number; taken: boolean }
  /** The utility's adapter dies, with or without its journal. */
  | { fault: 'UTL-CRASH'; at: string; forMs: Duration; losesJournal?: boolean }
  /** Paper out after so many lines of the order's `nth` sheet; 0: before the first. */
  | { fault: 'PRN-PAPER'; order: string; nth?: number; afterLines: number; forMs: Duration }
  /** All is printed, and nobody can say so. */
  | { fault: 'PRN-UNKNOWN'; order: string; nth?: number }
  | { fault: 'PRN-UNPLUG'; order: string; nth?: number; afterLines: number; forMs: Duration }
  /** The driver's process dies in the middle of the sheet; its supervisor starts it again. */
  | { fault: 'DRV-CRASH'; order: string; nth?: number; afterLines: number; forMs: Duration }
  /** The station loses power so long after the order was sent; `ever`: it never comes back. */
  | { fault: 'KSK-CRASH'; order: string; afterMs: number; forMs: Duration }
  /** The teller presses again: the same id, or as a new order with a new one. */
  | { fault: 'KSK-DOUBLE'; order: string; afterMs: number; newId?: boolean }
  /** The platform's process dies at the `nth` (1) commit about the order, or about the day cut (`order: "cut"`). */
  | {
      fault: 'PLT-CRASH';
      order: string;
      nth?: number;
      point: CrashPoint;
      forMs: number;
      /** And once more before its recovery is complete. */
      again?: boolean;
    }
  | { fault: 'PLT-PAUSE'; at: string; forMs: number }
  /** What becomes of the `nth` commit about the order. */
  | { fault: 'DSK-TORN' | 'DSK-FULL' | 'DSK-CORRUPT'; order: string; nth?: number; forMs: number }
  | { fault: 'DSK-ERROR'; order: string; nth?: number; forMs: number; written: boolean }
  /** The platform's clock is set, forward or back; or a place's own clock is wrong from the start. */
  | { fault: 'CLK-STEP'; at: string; byMs: number }
  | { fault: 'CLK-SKEW'; station: number | 'carrier'; byMs: number }
  /** The order reaches the platform so many ms after the day cut (before it, where negative). */
  | { fault: 'CUT-RACE'; order: string; byMs: number }
  | { fault: 'BRK-RESTART'; at: string; forMs: number; losesRetained?: boolean }
  /** A second program under the place's name throws it out, so many times. */
  | { fault: 'BRK-KICK'; at: string; station: number | 'carrier'; times: number }
  /** The broker takes a living place for dead and sends its will. */
  | { fault: 'BRK-LWT'; at: string; station: number | 'carrier' }
  /** Nothing passes the station's line; what was sent meanwhile arrives afterwards (`CLOG`), or never (`PART`). */
  | { fault: 'NET-CLOG'; at: string; station: number | 'carrier'; forMs: Duration }
  | {
      fault: 'NET-PART';
      at: string;
      station: number | 'carrier';
      forMs: Duration;
      way: 'both' | 'up' | 'down';
    };

export type FaultName = Fault['fault'];

export interface OfMessage {
  order: string;
  message: MessageName;
  nth?: number;
}

/** Every message about an order that crosses a line. `http.*` is between a station and the platform. */
export const MESSAGES = [
  'http.command',
  'http.reply',
  'carrier.perform',
  'carrier.perform.accepted',
  'carrier.perform.processing',
  'carrier.perform.completed',
  'carrier.inquire',
  'carrier.inquire.completed',
  'printer.print',
  'printer.print.accepted',
  'printer.print.completed',
  'printer.inquire',
  'printer.inquire.completed',
  'utility.order',
  'utility.order.accepted',
  'utility.order.completed',
  'utility.orderVoid',
  'utility.orderVoid.accepted',
  'utility.orderVoid.completed',
  'utility.seal',
  'utility.seal.completed',
  'utility.confirm',
  'utility.confirm.completed',
  'utility.cancel',
  'utility.cancel.completed',
  'utility.confirmVoid',
  'utility.confirmVoid.completed',
  'utility.cancelVoid',
  'utility.cancelVoid.completed',
  'utility.inquire',
  'utility.inquire.completed',
  'card-reader.read',
  'card-reader.read.completed',
  'card-reader.write',
  'card-reader.write.accepted',
  'card-reader.write.completed',
] as const;
export type MessageName = (typeof MESSAGES)[number];

/** A status word of the chip; `mute`: no answer to the reset. */
export const CARD_FLAWS = ['6581', '6700', '6982', '6988', 'mute'] as const;
export type CardFlaw = (typeof CARD_FLAWS)[number];

/**
 * `amount`, `account`: a success of another amount or account. `order`: it names another order. `stranger`: an order that
 * nobody knows. `malformed`: cut in the middle. `misfit`: data of another shape. `noCode`: a failure without a known code.
 */
export const WRONGS = ['amount', 'account', 'order', 'stranger', 'malformed', 'misfit', 'noCode'] as const;
export type Wrong = (typeof WRONGS)[number];

/**
 * Before the block is written; when it is on the disk and nothing has been released; after the first effect was released;
 * after all were.
 */
export const CRASH_POINTS = ['beforeAppend', 'afterAppend', 'midRelease', 'afterRelease'] as const;
export type CrashPoint = (typeof CRASH_POINTS)[number];

/** In ms, or `ever`: beyond the end, healing included. */
export type Duration = number | 'ever';
