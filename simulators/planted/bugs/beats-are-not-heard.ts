import type { PlantedBug } from '../bug.ts';

export const beatsAreNotHeard: PlantedBug = {
  name: 'beats-are-not-heard',
  zh: '没有变化的心跳不算听到:正常的对方每隔一会儿就被当作离线',
  en: 'a beat without a change is not heard, so who lives is taken for gone again and again',
  expected: 'L8',
  patches: [
    {
      file: 'platform/runtime/presence',
      find: 'places.set(name, { sessions, current, heard: now });',
      replace:
        'places.set(name, { sessions, current, heard: known && same(known.current, current) ? known.heard : now });',
    },
  ],
};
