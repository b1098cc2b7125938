import type { Wrong } from './faults.ts';

type Wire = { correlationid?: string; causationid?: string; id: string; data: { [member: string]: unknown } };

/** A counterpart's message as it comes when something is wrong with it. */
export function spoil(text: string, how: Wrong): string {
  if (how === 'malformed') return text.slice(0, text.length >> 1);
  const message = readable(text);
  // Another fault has cut it already.
  if (!message) return text;
  const result = message.data.result as { amountFen?: number; account?: string } | undefined;
  switch (how) {
    case 'amount':
      if (result?.amountFen) result.amountFen = Math.max(1, result.amountFen - 100);
      break;
    case 'account':
      if (result?.account)
        result.account = `${result.account.slice(0, 10)}${result.account.endsWith('0') ? '1' : '0'}`;
      break;
    case 'order':
      // It answers another question than the one that was asked.
      message.causationid = `${message.causationid ?? ''}9`;
      break;
    case 'stranger':
      message.correlationid = STRANGER;
      message.causationid = `${STRANGER}.1`;
      break;
    case 'misfit':
      message.data = {
        outcome: 'success',
        result: { amountFen: String(result?.amountFen ?? ''), note: 'ok' },
      };
      break;
    case 'noCode':
      message.data = {
        outcome: 'failure',
        error: { code: 'counterpart.somethingNew', effect: 'none', retry: 'never', action: 'none' },
      };
      break;
  }
  return JSON.stringify(message);
}

function readable(text: string): Wire | undefined {
  try {
    return JSON.parse(text) as Wire;
  } catch {
    return undefined;
  }
}

const STRANGER = '01JZZZZZZZZZZZZZZZZZZZZZZZ';
