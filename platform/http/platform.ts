import type { Completion } from '../../contracts/operation.ts';
import type { Place } from '../../contracts/topics.ts';
import type { Principal } from '../core/authorize.ts';
import type { Command } from '../core/input.ts';
import type { Order } from '../core/order.ts';
import type { State } from '../core/state.ts';
import type { Reply } from '../runtime/runtime.ts';
import type { Sighting } from '../service/sightings.ts';

/** What the HTTP layer needs of a running platform. Nothing it answers is ever ahead of the disk. */
export interface PlatformApi {
  /** Platform time, ms. */
  now(): number;
  /** Answered when durable. */
  command(principal: Principal, command: Command): Promise<Reply>;
  /**
   * Answered when what it saw is durable; `look` must copy what it returns, for the state goes on living. What it throws, the
   * promise rejects with.
   */
  read<T>(look: (state: State) => T): Promise<T>;
  /**
   * Asks a place something that moves no money; a `command` changes something there, and is not begun later than `withinMs`.
   * `undefined`: no answer within that. The completion is as the place sent it: check it before use.
   */
  ask(
    place: Place,
    types: { request: string; completed: string },
    data: object,
    withinMs: number,
    kind?: 'question' | 'command',
  ): Promise<Completion | undefined>;
  /** An order with this id, an old one from its row; a copy. */
  order(id: string): Promise<Order | undefined>;
  /** The id of the order with this journal number of this outlet. */
  findByJournalNo(outlet: string, journalNo: string): Promise<string | undefined>;
  /** Tells of every durable change at the outlet, or at all of them; the returned function ends it. */
  subscribe(
    outlet: string | undefined,
    listener: (change: { outlet: string; order?: string }) => void,
  ): () => void;
  /** The latest 100; `at` is platform time, ms. */
  alerts(): readonly { at: number; code: string; about: string }[];
  /** What was last heard of each place since the start, also of those that are gone (DEV-07). */
  sightings(): readonly Sighting[];
  health(): { ok: boolean; detail: Record<string, unknown> };
  counters(): { [name: string]: number };
}
