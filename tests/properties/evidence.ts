import type { Envelope } from '../../contracts/envelope.ts';
import type { Says } from './core-steps.ts';
import type { NaiveBank } from './naive-bank.ts';

/** [code, effect, whether it may release money when a completion says it, and when the books say it] */
const CODES: readonly [string, string, boolean, boolean][] = [
  ['counterpart.declined', 'none', true, true],
  ['counterpart.unreachable', 'none', true, true],
  ['contract.expired', 'none', true, true],
  ['counterpart.timeout', 'unknown', false, false],
  ['counterpart.timeout', 'none', false, false],
  ['counterpart.reversalRefused', 'none', false, false],
  ['counterpart.madeUp', 'none', false, false],
  ['counterpart.declined', 'unknown', false, true],
];

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

/**
 * A carrier that says anything about anything, and the list of what it thereby proved. Settled rule 1 is written down here a
 * second time, from its text and not from the platform's code.
 */
export function carrierTwin(bank: NaiveBank) {
  const evidence = { succeeded: new Set<string>(), failed: new Set<string>() };
  const asked = new Map<string, { account: string; amountFen: number; at: number }>();
  const ended = new Set<string>();
  const notFound = new Map<string, { inquiry: number; at: number }[]>();
  /** It said that it has them, so its «not found» is a contradiction and proves nothing. */
  const taken = new Set<string>();

  function prove(id: string, outcome: 'succeeded' | 'failed'): void {
    if (!asked.has(id)) return;
    evidence[outcome].add(id);
    ended.add(id);
    bank.outcome(id, outcome === 'succeeded');
  }

  function countNotFound(id: string, inquiry: number, now: number): void {
    const order = asked.get(id);
    if (!order || ended.has(id)) return;
    const seen = notFound.get(id) ?? [];
    if (seen.some((s) => s.inquiry === inquiry)) return;
    notFound.set(id, [...seen, { inquiry, at: now }]);
    if (taken.has(id)) return;
    if (now >= order.at + 10 * MINUTE && seen.some((s) => now - s.at >= MINUTE)) prove(id, 'failed');
  }

  return {
    evidence,
    asked(id: string, account: string, amountFen: number, at: number): void {
      asked.set(id, { account, amountFen, at });
    },
    mayResolve: (id: string, now: number) => now >= (asked.get(id)?.at ?? Number.POSITIVE_INFINITY) + DAY,
    resolved(id: string, outcome: 'succeeded' | 'failed', now: number): void {
      if (now < (asked.get(id)?.at ?? now + 1) + DAY)
        throw new Error(`${id} was resolved before it was manual`);
      ended.add(id);
      bank.outcome(id, outcome === 'succeeded');
    },
    /** A message about an order, and what it proves. `inquiries` were sent; `about` counts back from the last one. */
    say(id: string, says: Says, about: number, code: number, now: number, inquiries: number): Envelope {
      const order = asked.get(id) ?? { account: '13808001234', amountFen: 1_000, at: 0 };
      const told = { account: order.account, amountFen: order.amountFen, counterpartNo: `CM${code}` };
      const [errorCode, effect, ends, booksEnd] = CODES[code] ?? ['', '', false, false];
      const error = { code: errorCode, effect, retry: 'never', action: 'none' };
      const books = says.startsWith('books');
      const inquiry = about > 5 ? inquiries + about : inquiries - about;
      const causation = books ? `${id}.1.i${inquiry}` : `${id}.1${about > 5 ? 'x' : ''}`;
      const heard = books ? inquiry >= 1 && inquiry <= inquiries : about <= 5;
      const message = (leaf: string, data: object): Envelope => ({
        id: `${causation}/${now}`,
        source: '',
        type: `yizhan.carrier.${leaf}`,
        time: now,
        correlation: id,
        causation,
        data,
      });
      const fromBooks = (result: object) => message('inquire.completed', { outcome: 'success', result });
      switch (says) {
        case 'accepted':
          return message('perform.accepted', {});
        case 'processing':
          if (heard) taken.add(id);
          return message('perform.processing', { counterpartNo: 'CM9' });
        case 'success':
          if (heard) prove(id, 'succeeded');
          return message('perform.completed', { outcome: 'success', result: told });
        case 'wrongAmount':
          return message('perform.completed', { outcome: 'success', result: { ...told, amountFen: 999 } });
        case 'wrongAccount':
          return message('perform.completed', {
            outcome: 'success',
            result: { ...told, account: '13808009999' },
          });
        case 'failure':
          if (heard && ends) prove(id, 'failed');
          return message('perform.completed', { outcome: 'failure', error });
        case 'unknown':
          return message('perform.completed', { outcome: 'unknown', error });
        case 'malformed':
          return message('perform.completed', {
            outcome: 'success',
            result: { ...told, amountFen: String(told.amountFen) },
          });
        case 'booksSucceeded':
          if (heard) prove(id, 'succeeded');
          return fromBooks({ standing: 'succeeded', ...told });
        case 'booksFailed':
          if (heard && booksEnd) prove(id, 'failed');
          return fromBooks({ standing: 'failed', errorCode });
        case 'booksProcessing':
          if (heard) taken.add(id);
          return fromBooks({ standing: 'processing' });
        case 'booksUnknown':
          return fromBooks({ standing: 'unknown' });
        case 'booksNotFound':
          if (heard) countNotFound(id, inquiry, now);
          return fromBooks({ standing: 'notFound' });
        case 'booksMalformed':
          return fromBooks({ standing: 'gone', ...told });
      }
    },
  };
}
