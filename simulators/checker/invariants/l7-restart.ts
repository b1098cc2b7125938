import { MINUTE, SECOND } from '../../../contracts/time.ts';
import type { BookedOrder } from '../booked-order.ts';
import type { Invariant } from '../invariant.ts';
import { INQUIRE } from '../message.ts';

/** The platform writes again so soon after a recovery; and asks about what is in doubt, once its counterpart is there. */
const WRITES_WITHIN = 30 * SECOND;
const ASKS_WITHIN = 2 * MINUTE;

export const l7: Invariant = {
  id: 'L7',
  kind: 'liveness',
  zh: '重启后 30 秒内恢复记录;对方在线后两分钟内查询每个结果不明的订单',
  en: 'After a restart records flow within 30 s, and every order in doubt is inquired within two minutes of its counterpart being there',
  watch({ books, scene, broken, checked }) {
    let doubtful = new Set<BookedOrder>();
    let isSilent = false;
    /** Since when the platform knows a counterpart's adapter to be there, by the counterpart's name. */
    const presentSince = new Map<string, number>();

    function look(at: number): void {
      const { aliveSince, steadySince } = scene;
      if (aliveSince === undefined) return;
      const since = Math.max(aliveSince, steadySince);
      if (isSilent && at - since > WRITES_WITHIN)
        broken({
          at,
          zh: '恢复后没有任何记录',
          en: `nothing was written in the ${WRITES_WITHIN / 1000} s after the recovery`,
        });
      for (const order of doubtful) {
        const counterpart = order.legs[0]?.counterpart ?? '';
        const there = presentSince.get(counterpart);
        if (order.final) doubtful.delete(order);
        else if (there !== undefined && at - Math.max(since, there) > ASKS_WITHIN)
          broken({
            at,
            order: order.id,
            zh: `恢复后 ${ASKS_WITHIN / 1000} 秒内未向 ${counterpart} 查询`,
            en: `was in doubt at the recovery; ${counterpart} has been there for ${ASKS_WITHIN / 1000} s and was not asked`,
          });
      }
    }

    return {
      crashed() {
        doubtful = new Set();
        isSilent = false;
        presentSince.clear();
      },
      recovered() {
        isSilent = true;
        doubtful = new Set([...books.open].filter(({ kind }) => kind === 'payment'));
        // The very first start is no restart.
        if (books.last > 0) checked(1 + doubtful.size);
      },
      durable() {
        isSilent = false;
      },
      record(at, record) {
        if (record.type !== 'cameOnline' && record.type !== 'wentOffline') return;
        const { place } = record;
        if (place.kind !== 'counterpart') return;
        if (record.type === 'wentOffline') presentSince.delete(place.counterpart);
        else if (!presentSince.has(place.counterpart)) presentSince.set(place.counterpart, at);
      },
      sent(_, { type }, order) {
        if (order && type === INQUIRE) doubtful.delete(order);
      },
      tick: look,
      end: look,
    };
  },
};
