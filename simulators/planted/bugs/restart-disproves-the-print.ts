import type { PlantedBug } from '../bug.ts';

export const restartDisprovesThePrint: PlantedBug = {
  name: 'restart-disproves-the-print',
  zh: '驱动重启后说“肯定没打”',
  en: 'a driver that died in the middle of a sheet says that nothing was printed',
  expected: 'S13',
  withFaults: ['DRV-CRASH'],
  patches: [
    {
      file: 'contracts/endpoint/commands',
      find: `end(begin(record, firstOf(record), true), unknown('adapter.restarted'), served.types.completed);`,
      replace: `end(begin(record, firstOf(record), true), failure('contract.expired'), served.types.completed);`,
    },
  ],
};
