import type { Flaw } from './flaw.ts';

export const endIsNotTold: Flaw = {
  name: 'end-is-not-told',
  zh: '结束时没有告诉检查器',
  en: 'the checker is not told of the end',
  noticed: { void: 'L1, L2, L9 never had anything to check' },
  patches: [
    {
      file: 'simulators/world/run',
      find: `if (options.until === undefined)
            checker.end(time.now());`,
      replace: '',
    },
  ],
};
