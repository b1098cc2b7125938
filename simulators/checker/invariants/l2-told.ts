import { MINUTE } from '../../../contracts/time.ts';
import { isFinalState, STATES } from '../booked-order.ts';
import type { Invariant } from '../invariant.ts';

/** A final state is told so soon after it is written and everything works again, in ms. */
const WITHIN = 5 * MINUTE;
const ANSWERS = new Set([...STATES, 'refused']);

export const l2: Invariant = {
  id: 'L2',
  kind: 'liveness',
  zh: '能工作的网点提交的每个命令都得到答复;订单结束后五分钟内被告知',
  en: 'Every command of an outlet that works is answered, and an end is told within five minutes',
  watch({ books, scene, broken, checked }) {
    return {
      crashed() {
        // What died with the process before it was written was never there; a station that asks again submits it again.
        for (const [id, order] of scene.orders)
          if (order.told === '' && !books.orders.has(id)) order.isSubmitted = false;
      },
      end(at) {
        const { healed } = scene;
        if (!healed || scene.aliveSince === undefined) return;
        for (const [id, { intent, isSubmitted, news, newsAt }] of scene.orders) {
          if (!isSubmitted || !intent || !healed.core.has(intent.outlet)) continue;
          checked();
          const wrong = (zh: string, en: string) => broken({ at, order: id, zh, en });
          if (news === '') {
            wrong('提交后从未得到答复', 'was submitted and never answered');
            continue;
          }
          if (!ANSWERS.has(news)) wrong(`答复为 ${news}`, `was answered ${news}, which is no state`);
          const final = books.orders.get(id)?.final;
          if (!final) continue;
          const due = Math.max(final.at, healed.at, scene.aliveSince, scene.steadySince) + WITHIN;
          if (due > at) continue;
          // When an end was told first is what counts.
          if (!isFinalState(news))
            wrong(
              `已 ${final.state},网点最后得知的是 ${news}`,
              `ended ${final.state}; the last the station was told is ${news}`,
            );
          else if (newsAt > due)
            wrong(
              `结束后 ${Math.round((newsAt - due + WITHIN) / 1000)} 秒才告知`,
              `its end was told ${Math.round((newsAt - due + WITHIN) / 1000)} s after it was written and all worked; ${WITHIN / 1000} s are allowed`,
            );
        }
      },
    };
  },
};
