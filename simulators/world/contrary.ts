import { encode } from '../../contracts/envelope.ts';
import { wireError } from '../../contracts/errors.ts';
import { nameOf, topicOf } from '../../contracts/topics.ts';
import { CARRIER } from './names.ts';

const TYPE = 'yizhan.carrier.perform.completed';

/** The carrier says the opposite of what it said: its staff, or a batch, or a mended mistake. */
export function contraryNews(
  order: string,
  says: 'success' | 'failure',
  about: { account: string; fen: number; at: number },
): { topic: string; text: string } {
  const key = `${order}.1`;
  const text = encode({
    id: `flip-of-${key}`,
    source: nameOf(CARRIER),
    type: TYPE,
    time: about.at,
    correlation: order,
    causation: key,
    key,
    data:
      says === 'success'
        ? {
            outcome: 'success',
            result: {
              account: about.account,
              amountFen: about.fen,
              counterpartNo: `CMFLIP${order.slice(-6)}`,
            },
          }
        : { outcome: 'failure', error: wireError('counterpart.declined') },
  });
  return { topic: topicOf(CARRIER, 'rep'), text };
}

/** The same completion once more, as another message; `otherNo`: of another charge, by its number. */
export function repeated(text: string, otherNo: boolean): string {
  const message = JSON.parse(text) as { id: string; data: { result?: { counterpartNo?: string } } };
  message.id = `${message.id}-again`;
  const { result } = message.data;
  if (otherNo && result?.counterpartNo) result.counterpartNo = `${result.counterpartNo}X`;
  return JSON.stringify(message);
}
