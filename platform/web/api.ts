import { h } from './dom.ts';
import { inEnglish, pick, t } from './texts.ts';
import type { Problem } from './types.ts';

/** The platform refused. Anything else that a request throws means: no answer, so nobody knows. */
export class Refusal extends Error {
  readonly problem: Problem;

  constructor(problem: Problem) {
    super(problem.code);
    this.problem = problem;
  }
}

let signedOut: (why: Refusal) => void = () => {};

/** Called when the platform says that nobody is signed in. */
export function onSignedOut(act: (why: Refusal) => void): void {
  signedOut = act;
}

let there = true;
let reach: (there: boolean) => void = () => {};

/** Did the platform answer what was asked last, whatever it said? */
export const isThere = () => there;

/** Called when that changes. */
export function onReach(act: (there: boolean) => void): void {
  reach = act;
}

function reached(now: boolean): void {
  if (now === there) return;
  there = now;
  reach(now);
}

const PATIENCE = 15_000;
/** The session has ended. */
const OVER = ['platform.notSignedIn', 'platform.stationRevoked'];

export const isOver = ({ problem }: Refusal) => OVER.includes(problem.code);

/** `quiet`: the page asks by itself, which does not keep the session from going idle. Throws {@link Refusal}. */
export function get<T>(path: string, quiet = false): Promise<T> {
  return ask<T>(path, { headers: quiet ? { 'x-yizhan-quiet': '1' } : {} });
}

/** Throws {@link Refusal}. */
export function post<T>(path: string, body: object = {}): Promise<T> {
  return ask<T>(path, {
    method: 'POST',
    // The platform takes no change by cookie without it: a foreign page can not set it.
    headers: { 'content-type': 'application/json', 'x-yizhan': '1' },
    body: JSON.stringify(body),
  });
}

async function ask<T>(path: string, init: RequestInit): Promise<T> {
  let answer: Response;
  let body: unknown;
  try {
    answer = await fetch(path, { ...init, signal: AbortSignal.timeout(PATIENCE) });
    body = await answer.json();
  } catch (error) {
    reached(false);
    throw error;
  }
  reached(true);
  if (answer.ok) return body as T;
  const refusal = new Refusal(body as Problem);
  if (isOver(refusal)) signedOut(refusal);
  throw refusal;
}

/** What went wrong, for the teller: what, and what to do now. */
export function complaint(error: unknown): HTMLElement {
  if (!(error instanceof Refusal))
    return h('div', { className: 'complaint', role: 'alert' }, `⚠ ${t('noAnswer')}`);
  const { title, titleEn, remedy, remedyEn, detail, code } = error.problem;
  return h(
    'div',
    { className: 'complaint', role: 'alert' },
    h('strong', {}, `⚠ ${pick(title, titleEn)}`),
    h('p', {}, pick(remedy, remedyEn)),
    // The details are written in English only, for whoever calls the API.
    h('small', {}, detail && inEnglish() ? `${code} · ${detail}` : code),
  );
}
