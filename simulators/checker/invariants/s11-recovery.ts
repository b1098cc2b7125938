import { isFinalState } from '../booked-order.ts';
import type { Invariant } from '../invariant.ts';
import { yuan } from '../words.ts';

export const s11: Invariant = {
  id: 'S11',
  kind: 'safety',
  zh: '恢复后的状态正是落盘日志的结果;崩溃前告知过的一切仍然成立',
  en: 'What a recovery brings back is exactly what the log on the disk adds up to, and all that was told before is still so',
  watch({ books, scene, broken, checked }) {
    return {
      recovered(at, image) {
        // Before the first record there is nothing to bring back.
        if (books.last > 0) checked();
        const wrong = (order: string | undefined, zh: string, en: string) =>
          broken({ at, ...(order ? { order } : {}), zh, en });
        if (image.businessDate !== books.businessDate)
          wrong(
            undefined,
            `恢复后营业日为 ${image.businessDate},日志为 ${books.businessDate}`,
            `the open day came back as ${image.businessDate || 'none'}, the log says ${books.businessDate || 'none'}`,
          );
        const states = new Map(image.orders);
        for (const [id, state] of states) {
          const known = books.orders.get(id)?.state;
          if (known === state) continue;
          wrong(
            id,
            `恢复后状态为 ${state},日志为 ${known ?? '无此订单'}`,
            `came back as ${state}, the log says ${known ?? 'that there is no such order'}`,
          );
        }
        for (const { id, state } of books.open)
          if (!states.has(id))
            wrong(id, `恢复后丢失(${state})`, `is ${state} in the log and did not come back`);
        for (const [id, { news: before }] of scene.orders) {
          if (before === '' || before === 'refused') continue;
          const now = states.get(id) ?? books.orders.get(id)?.state;
          if (now === undefined)
            wrong(id, `曾告知 ${before},恢复后不存在`, `was told ${before}, is gone now`);
          else if (isFinalState(before) && now !== before)
            wrong(id, `曾告知 ${before},恢复后为 ${now}`, `was told ${before}, came back as ${now}`);
        }
        const accounts = new Map(image.accounts);
        for (const [name, { debit, credit, debitPending, creditPending }] of books.accounts) {
          const [d = 0, c = 0, dp = 0, cp = 0] = accounts.get(name) ?? [];
          if (d === debit && c === credit && dp === debitPending && cp === creditPending) continue;
          wrong(
            undefined,
            `账户 ${name} 恢复后余额 ${yuan(c - d)} 元、冻结 ${yuan(dp)} 元,日志为 ${yuan(credit - debit)} 元、${yuan(debitPending)} 元`,
            `account ${name} came back with ${yuan(c - d)} yuan and ${yuan(dp)} held, the log adds up to ${yuan(credit - debit)} and ${yuan(debitPending)}`,
          );
        }
        for (const name of accounts.keys())
          if (!books.accounts.has(name))
            wrong(undefined, `账户 ${name} 日志中没有`, `account ${name} is not in the log`);
      },
    };
  },
};
