import type { Flaw } from './flaw.ts';

export const invariantNeverCalled: Flaw = {
  name: 'invariant-never-called',
  zh: '有一条规则从未被调用',
  en: 'one rule is never asked',
  noticed: { void: 'S9 never had anything to check' },
  patches: [
    {
      file: 'simulators/checker/checker',
      find: 'INVARIANTS.filter(({ id }) => !only || only.includes(id))',
      replace: `INVARIANTS.filter(({ id }) => id !== 'S9' && (!only || only.includes(id)))`,
    },
  ],
};
