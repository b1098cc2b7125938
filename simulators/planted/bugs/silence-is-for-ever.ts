import type { PlantedBug } from '../bug.ts';

export const silenceIsForEver: PlantedBug = {
  name: 'silence-is-for-ever',
  zh: '静默过的设备再也上不了线',
  en: 'a place that was silent once is never believed again',
  expected: 'L5',
  patches: [
    {
      file: 'platform/runtime/presence',
      find: 'known.current = { ...known.current, online: false };',
      replace: `known.current = { ...known.current, online: false };
                for (const session of known.sessions.values())
                    session.dead = true;`,
    },
  ],
};
