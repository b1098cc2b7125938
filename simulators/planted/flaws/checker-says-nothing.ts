import type { Flaw } from './flaw.ts';

export const checkerSaysNothing: Flaw = {
  name: 'checker-says-nothing',
  zh: '检查器发现违规也不报告',
  en: 'the checker sees a rule broken and does not say so',
  noticed: { void: 'the canary passed' },
  patches: [
    {
      file: 'simulators/checker/checker',
      find: `violation ??= { invariant: id, kind, ...what };
                isOver = true;`,
      replace: 'void what;',
    },
  ],
};
