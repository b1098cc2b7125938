import { MINUTE } from '../../../contracts/time.ts';
import { beginningOf, businessDayAt } from '../business-day.ts';
import type { Invariant } from '../invariant.ts';

const WITHIN = MINUTE;

export const l6: Invariant = {
  id: 'L6',
  kind: 'liveness',
  zh: '平台时钟 21:00 后一分钟内完成日切,无论有多少在途交易',
  en: 'The day is cut within a minute of 21:00 on the platform’s clock, whatever is in flight',
  watch({ books, scene, broken, checked }) {
    function look(at: number): void {
      const { aliveSince } = scene;
      if (aliveSince === undefined || books.businessDate === '') return;
      const clock = scene.platformTime(at);
      const day = businessDayAt(clock);
      if (books.businessDate >= day) return;
      const since = Math.max(at - (clock - beginningOf(clock)), aliveSince, scene.steadySince);
      if (at - since <= WITHIN) return;
      broken({
        at,
        zh: `时钟已属 ${day},开放日仍为 ${books.businessDate}`,
        en: `the clock says ${day}, and ${books.businessDate} is still open ${Math.round((at - since) / 1000)} s later; ${WITHIN / 1000} s are allowed`,
      });
    }

    /** The first day is opened by the first start, not by a cut. */
    let hasDay = false;

    return {
      record(_, record) {
        if (record.type !== 'dayOpened') return;
        if (hasDay) checked();
        hasDay = true;
      },
      tick: look,
      end: look,
    };
  },
};
