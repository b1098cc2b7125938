import type { Flaw } from './flaw.ts';

export const healingIsNotTold: Flaw = {
  name: 'healing-is-not-told',
  zh: '恢复正常却没有告诉检查器',
  en: 'the checker is not told that everything has healed',
  noticed: { void: 'L2, L5, L8 never had anything to check' },
  patches: [
    {
      file: 'simulators/world/healing',
      find: 'observer.healed(time.now(), core.map(outletOf), goneOf(network));',
      replace: '',
    },
  ],
};
