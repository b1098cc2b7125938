import type { Conduct, ConductName } from '../counterparts/carrier/conduct.ts';
import type { Fault } from './faults.ts';

/**
 * One run of a simulated world, as plain data: what happens, where, when, and what goes wrong. The same file is written by
 * hand, made by the campaign, shrunk, kept as a regression, and played on the real stack. docs/simulate.md teaches it.
 */
export interface Scenario {
  v: 1;
  /** Decides what the scenario leaves open: latencies, the printers' speed. Same scenario, same run, to the byte. */
  seed: number;
  world: World;
  orders: OrderPlan[];
  operations: Operation[];
  faults: Fault[];
  /** What it is kept for, in a person's words. */
  note?: string;
}

export interface World {
  /** Shanghai time, `2026-11-23 08:00:00`. */
  start: string;
  /** How long orders come and faults happen; then everything that may heal heals, and all must come to an end. */
  hours: number;
  /** Outlets, each with one station and one printer: 1, 2, … Beside them stands one postal office with a clerk. */
  stations: number;
  /** Credit that every outlet has bought before the start, in fen. */
  creditFen: number;
  /** Who heals nothing in this world. */
  without?: Healer[];
  /** One way over any link, shortest and longest, in ms; by default 2 to 40. */
  linkMs?: [number, number];
  /** One commit, shortest and longest, in ms; by default 1 to 8. */
  diskMs?: [number, number];
  /** The broker ends with the platform's process, as on the bench; by default it is a program of its own. */
  embeddedBroker?: boolean;
}

/**
 * `clientRetry`: a station sends an unanswered order again, under the same id. `inquiry`: the platform's questions arrive.
 * `operator`: a person settles what is manual, from the counterpart's books.
 */
export const HEALERS = ['clientRetry', 'inquiry', 'operator'] as const;
export type Healer = (typeof HEALERS)[number];

/** `08:03:12.250`, Shanghai time, of the day the world starts; `+1d 08:03:12` of the next. */
export type Instant = string;

export type OrderPlan = { name: string; at: Instant; station: number } & (
  | {
      do: 'topup';
      account: string;
      fen: number;
      /** How the carrier behaves, besides its magic numbers: a name or the data. By default it charges. */
      conduct?: ConductName | Conduct;
      /** The teller has been asked and says that the same payment is meant once more. */
      again?: boolean;
    }
  /** The office's clerk sells credit to the station's outlet, or takes the purchase named `of` back. */
  | { do: 'credit'; fen: number }
  | { do: 'void'; of: string }
  /** The customer of this number, with the card and the meter of this number, buys electricity. */
  | { do: 'card'; customer: number; fen: number }
  /** The purchase on the card named `of` is taken back at the same station. */
  | { do: 'cardVoid'; of: string }
);

/** What people do besides orders; `of` names an order. */
export type Operation = { at: Instant } & (
  | { do: 'reprint'; of: string }
  | { do: 'inquire'; of: string }
  | { do: 'cutDay' }
);
