import type { PlantedBug } from '../bug.ts';

export const answeredBeforeDurable: PlantedBug = {
  name: 'answered-before-durable',
  zh: '没等落盘就答复柜员',
  en: 'the teller is answered before the order is on the disk',
  expected: 'S6',
  patches: [
    {
      file: 'platform/runtime/runtime',
      find: `const after = appended + pending.length;
        for (const effect of turn.effects)
            outbox.push({ after, release: releaseOf(effect, done) });`,
      replace: `const after = appended + pending.length;
        for (const effect of turn.effects) {
            if (effect.kind === 'answer')
                releaseOf(effect, done)();
            else
                outbox.push({ after, release: releaseOf(effect, done) });
        }`,
    },
  ],
};
