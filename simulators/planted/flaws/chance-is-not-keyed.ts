import type { Flaw } from './flaw.ts';

export const chanceIsNotKeyed: Flaw = {
  name: 'chance-is-not-keyed',
  zh: '随机数不再由名字决定',
  en: 'chance no longer depends on the name alone',
  noticed: { verdict: 'nondeterministic' },
  patches: [
    {
      file: 'simulators/world/keyed',
      find: 'return hash32(name, seed) / 0x1_0000_0000;',
      replace: 'return hash32(name, seed + ++drawn) / 0x1_0000_0000;',
    },
    {
      file: 'simulators/world/keyed',
      find: 'export function lot(seed, name) {',
      replace: `let drawn = 0;
export function lot(seed, name) {`,
    },
  ],
};
