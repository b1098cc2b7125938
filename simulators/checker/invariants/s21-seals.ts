import { decode } from '../../../contracts/envelope.ts';
import { WRITE_CARD } from '../cards.ts';
import type { Invariant } from '../invariant.ts';
import type { Message } from '../message.ts';

const READ = 'yizhan.card-reader.read';
const SEAL = 'yizhan.utility.seal';

/** What the utility has sealed, by the proof that comes with it. */
interface Sealed {
  order: string;
  serial: string;
  challenge: string;
  /** The id of the write that carried it. */
  usedBy?: string;
}

export const s21: Invariant = {
  id: 'S21',
  kind: 'safety',
  zh: '写卡数据只用一次:为本订单、本卡、本次读卡所签发',
  en: 'What is written to a card was sealed by the utility for this order, this card and the session of its last reading, and is used once',
  watch({ broken, checked }) {
    /** By order: the last reading that was asked for, and the challenges that came of it. */
    const sessions = new Map<string, { reading: string; challenges: Set<string> }>();
    /** By the id of the question. */
    const asked = new Map<string, Sealed>();
    const sealed = new Map<string, Sealed>();

    function written(at: number, { id, order = '', data }: Message): void {
      const { serial, challenge, authorization } = data as { [name: string]: string };
      const wrong = (zh: string, en: string) => broken({ at, order, zh, en });
      checked();
      const seal = sealed.get(authorization ?? '');
      if (!seal)
        return wrong('写卡数据不是电力公司签发的', 'is written with what the utility has never sealed');
      if (seal.order !== order || seal.serial !== serial || seal.challenge !== challenge)
        wrong(
          `写卡数据是为卡 ${seal.serial} 的另一笔订单或另一次读卡签发的`,
          `is written with what was sealed for card ${seal.serial} in another session or for another order`,
        );
      else if (!sessions.get(order)?.challenges.has(challenge))
        wrong('写卡数据不属于最近一次读卡', 'is written in a session that is not that of its last reading');
      else if (seal.usedBy !== undefined && seal.usedBy !== id)
        wrong('同一份写卡数据用了两次', 'is written twice with one seal');
      seal.usedBy ??= id;
    }

    return {
      sent(at, message) {
        const { id, type, order = '', data } = message;
        if (type === READ) sessions.set(order, { reading: id, challenges: new Set() });
        else if (type === SEAL) {
          const { cardSerial = '', challenge = '' } = data as { [name: string]: string };
          asked.set(id, { order, serial: cardSerial, challenge });
        } else if (type === WRITE_CARD) written(at, message);
      },
      delivered(_, topic, text) {
        if (!topic.endsWith('/rep') || !text.includes(`"${READ}.completed"`)) return;
        const read = decode(text);
        if (!read.ok) return;
        const { correlation = '', causation, data } = read.envelope;
        const { challenge } = (data as { result?: { challenge?: string } }).result ?? {};
        const session = sessions.get(correlation);
        if (challenge !== undefined && session && session.reading === causation)
          session.challenges.add(challenge);
      },
      heard(_, { type, causation = '', data }) {
        if (type !== `${SEAL}.completed`) return;
        const { authorization } = (data as { result?: { authorization?: string } }).result ?? {};
        const question = asked.get(causation);
        // A question that came twice is answered twice, with the same.
        if (authorization !== undefined && question && !sealed.has(authorization))
          sealed.set(authorization, { ...question });
      },
    };
  },
};
