import type { Flaw } from './flaw.ts';

export const alwaysHeals: Flaw = {
  name: 'always-heals',
  zh: '谁都会补救:没有查询或人工的世界也照常查询、照常人工',
  en: 'every healer is always there, whatever the scenario says',
  noticed: { void: 'the canary passed' },
  patches: [
    {
      file: 'simulators/world/run',
      find: `withoutInquiry: () => world.without?.includes('inquiry') === true,`,
      replace: 'withoutInquiry: () => false,',
    },
    {
      file: 'simulators/world/people',
      find: 'const absent = new Set(world.without);',
      replace: 'const absent = new Set();',
    },
  ],
};
