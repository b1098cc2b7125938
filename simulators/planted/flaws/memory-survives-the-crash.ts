import type { Flaw } from './flaw.ts';

export const memorySurvivesTheCrash: Flaw = {
  name: 'memory-survives-the-crash',
  zh: '崩溃后内存仍在,不从磁盘恢复',
  en: 'after a crash nothing is recovered from the disk',
  noticed: { survivor: 'replay-posts-nothing-late' },
  patches: [
    {
      file: 'simulators/world/platform-node',
      find: 'if (!damaged) state = emptyState(); let recovered;',
      replace: 'let recovered;',
    },
    {
      file: 'simulators/world/platform-node',
      find: 'recovered = recover(disk.kept(), digestOf);',
      replace:
        'recovered = life > 1 && state.now > 0 ? { ...recover(disk.kept(), digestOf), state } : recover(disk.kept(), digestOf);',
    },
  ],
};
