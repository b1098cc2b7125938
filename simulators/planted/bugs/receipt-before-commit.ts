import type { PlantedBug } from '../bug.ts';

export const receiptBeforeCommit: PlantedBug = {
  name: 'receipt-before-commit',
  zh: '小票没等落盘就送打印',
  en: 'a receipt goes to the printer before its order is on the disk',
  expected: 'S6',
  patches: [
    {
      file: 'platform/runtime/runtime',
      find: `const after = appended + pending.length;
        for (const effect of turn.effects)
            outbox.push({ after, release: releaseOf(effect, done) });`,
      replace: `const after = appended + pending.length;
        for (const effect of turn.effects) {
            if (effect.kind === 'publish' && effect.place.kind === 'device')
                releaseOf(effect, done)();
            else
                outbox.push({ after, release: releaseOf(effect, done) });
        }`,
    },
  ],
};
