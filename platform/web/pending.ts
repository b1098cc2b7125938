import { ulid } from './ulid.ts';

/**
 * A request that moves money, from before it is sent until it is answered. It outlives a reload and a lost answer, so that the
 * repeat carries the same id and nothing is paid twice.
 */
export interface Pending {
  id: string;
  url: string;
  body: object;
  /** What it is, for the teller who finds it again. */
  title: string;
  /** Whose money it moves, as it was typed: the customer's number. */
  account?: string;
  amountFen: number;
  /** By this machine's clock, ms. Left out by earlier pages. */
  askedAt?: number;
  /** Whose it is: another outlet's teller at this station must not send it. */
  organisation: string;
}

const KEPT = 'yz.pending.';

/** The request confirmed in this very page: sent without asking again. */
let confirmed: string | undefined;

/** Mints the id and keeps the request. To be called before anything is sent. */
export function keepPending(asked: Omit<Pending, 'id' | 'askedAt'>): Pending {
  const id = ulid();
  const pending = { ...asked, id, askedAt: Date.now(), body: { ...asked.body, id } };
  localStorage.setItem(KEPT + asked.organisation, JSON.stringify(pending));
  confirmed = id;
  return pending;
}

export function pendingOf(organisation: string): Pending | undefined {
  const text = localStorage.getItem(KEPT + organisation);
  return text ? (JSON.parse(text) as Pending) : undefined;
}

export const wasConfirmedHere = (id: string) => confirmed === id;

export function forgetPending(organisation: string): void {
  localStorage.removeItem(KEPT + organisation);
  confirmed = undefined;
}
