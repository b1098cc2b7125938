import type { BookedOrder } from './booked-order.ts';
import type { Books } from './books.ts';
import type { Message } from './message.ts';
import type { Observer, Told } from './observation.ts';
import type { LogRecord } from './records.ts';
import type { Scene } from './scene.ts';
import type { View } from './view.ts';

/** One rule of what must always be so, with its own memory for one run. */
export interface Invariant {
  id: InvariantId;
  kind: 'safety' | 'liveness';
  zh: string;
  en: string;
  /** What watches one run. */
  watch(context: Context): Watch;
}

export interface Context {
  /** The checker's own fold of what is durable; already contains what a hook is told of. */
  books: Books;
  /** What stands beside the log: who wanted what, the platform's clock, whether it lives. */
  scene: Scene;
  /** The chain's digest. */
  hash(text: string): string;
  /** It is broken. Only the first is kept; the run ends there. */
  broken(violation: { at: number; order?: string; zh: string; en: string }): void;
  /** It had something to check just now; an invariant that never did proves nothing. */
  checked(times?: number): void;
}

/** Any part of what is observed, and each record and block once it is folded into the books. */
export type Watch = Partial<Observer> & {
  /** After the record was folded; `order` is the one it is about. `at` is the world's time of the block, ms. */
  record?(at: number, record: LogRecord, order: BookedOrder | undefined): void;
  /** A whole message of a place's, as the platform got it, and one of the platform's; the order is as it is on the disk. */
  heard?(at: number, message: Message, order: BookedOrder | undefined): void;
  sent?(at: number, message: Message, order: BookedOrder | undefined): void;
  /** What a station was told, where an order was shown. */
  shown?(at: number, view: View, told: Told, order: BookedOrder | undefined): void;
  /** Time has passed up to here, and nothing else has happened yet: at most once a second of the world's. */
  tick?(at: number): void;
};

export const INVARIANT_IDS = [
  'S1',
  'S2',
  'S3',
  'S4',
  'S5',
  'S6',
  'S7',
  'S8',
  'S9',
  'S11',
  'S12',
  'S13',
  'S14',
  'S16',
  'S17',
  'S18',
  'S19',
  'S20',
  'S21',
  'N3',
  'L1',
  'L2',
  'L3',
  'L5',
  'L6',
  'L7',
  'L8',
  'L9',
] as const;
export type InvariantId = (typeof INVARIANT_IDS)[number];

export interface Violation {
  invariant: string;
  kind: 'safety' | 'liveness';
  /** The world's time, ms. */
  at: number;
  order?: string;
  zh: string;
  en: string;
}
