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
    const told = new Map<string, { state: string; at: number }>();
    const submitted = new Set<string>();

    return {
      submitted: (_, order) => void submitted.add(order),
      crashed() {
        // What died with the process before it was written was never there; a station that asks again submits it again.
        for (const id of submitted) if (!told.has(id) && !books.orders.has(id)) submitted.delete(id);
      },
      told(at, { order, state }) {
        const before = told.get(order);
        // When an end was told first is what counts; and a refusal of something else that was asked about it is no news of it.
        if (before && (before.state === state || state === 'refused')) return;
        told.set(order, { state, at });
      },
      end(at) {
        const { healed } = scene;
        if (!healed || scene.aliveSince === undefined) return;
        for (const id of submitted) {
          const intent = scene.intents.get(id);
          if (!intent || !healed.core.has(intent.outlet)) continue;
          checked();
          const wrong = (zh: string, en: string) => broken({ at, order: id, zh, en });
          const last = told.get(id);
          if (!last) {
            wrong('提交后从未得到答复', 'was submitted and never answered');
            continue;
          }
          if (!ANSWERS.has(last.state))
            wrong(`答复为 ${last.state}`, `was answered ${last.state}, which is no state`);
          const final = books.orders.get(id)?.final;
          if (!final) continue;
          const due = Math.max(final.at, healed.at, scene.aliveSince, scene.steadySince) + WITHIN;
          if (due > at) continue;
          if (!isFinalState(last.state))
            wrong(
              `已 ${final.state},网点最后得知的是 ${last.state}`,
              `ended ${final.state}; the last the station was told is ${last.state}`,
            );
          else if (last.at > due)
            wrong(
              `结束后 ${Math.round((last.at - due + WITHIN) / 1000)} 秒才告知`,
              `its end was told ${Math.round((last.at - due + WITHIN) / 1000)} s after it was written and all worked; ${WITHIN / 1000} s are allowed`,
            );
        }
      },
    };
  },
};
