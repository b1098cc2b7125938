import type { PlantedBug } from '../bug.ts';

export const sentBeforeDurable: PlantedBug = {
  name: 'sent-before-durable',
  zh: '请求没等落盘就发出',
  en: 'a request leaves before its record is on the disk',
  expected: 'S6',
  patches: [
    {
      file: 'platform/runtime/runtime',
      find: `const after = appended + pending.length;
        for (const effect of turn.effects)
            outbox.push({ after, release: releaseOf(effect, done) });`,
      replace: `const after = appended + pending.length;
        for (const effect of turn.effects)
            outbox.push({ after: effect.kind === 'publish' ? durableTo : after, release: releaseOf(effect, done) });`,
    },
  ],
};
