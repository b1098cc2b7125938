import type { Completion } from '../operation.ts';

/**
 * What a partner's own code must do; everything else of a place's side of the wire (keys, deadlines, journal, births,
 * repeats) is the endpoint's.
 */
export interface Behaviour {
  /** What `state.capabilities` tells; fixed for the life of the process. */
  readonly capabilities: Record<string, unknown>;
  /** What `state.status` tells now. */
  status(): Record<string, unknown>;
  /** Begin a new command. It is journaled and has been accepted; it is handed over once, and ends by `complete`, once. */
  command(command: Command): void;
  /** Answer a question, now or later, once. */
  question(question: Question): void;
}

export interface Command {
  operation: string;
  key: string;
  /** Fits the operation's request schema. */
  data: unknown;
  /** Platform time in ms; the endpoint has checked it. */
  expiry: number;
  /**
   * Whether its time is over (OPR-005, OPR-006), or it was cancelled (OPR-011). Whoever does not begin at once asks again right
   * before the effect, and ends it with contract.expired; the endpoint says which of the two it was.
   */
  late(): boolean;
  /** Tell that the counterpart has taken it (OPR-010). */
  processing(data?: { counterpartNo?: string }): void;
  /**
   * Journals the end, then tells it. The same end given again is told again (a repeat, OPR-002); another end is an error of
   * the behaviour and throws.
   */
  complete(completion: Completion): void;
}

export interface Question {
  operation: string;
  data: unknown;
  /** What this endpoint's journal knows of a key. */
  recall(key: string): KeyRecord | undefined;
  answer(completion: Completion): void;
}

/** What the journal keeps of one idempotency key. */
export interface KeyRecord {
  key: string;
  operation: string;
  /** The request's data, or where it is long its digest (`contentOf`): the same key with other content is a conflict (OPR-004). */
  content: string;
  /** The first request's id and transaction, for the reply that it still waits for after a restart: not kept beyond the end. */
  requestId?: string;
  correlation?: string;
  /** When it was accepted, in the endpoint's clock, ms. */
  at: number;
  completion?: Completion;
}
