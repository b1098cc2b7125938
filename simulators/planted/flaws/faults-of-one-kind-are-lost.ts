import type { Flaw } from './flaw.ts';

export const faultsOfOneKindAreLost: Flaw = {
  name: 'faults-of-one-kind-are-lost',
  zh: '计划中的重复消息从未发生',
  en: 'duplicates that are planned never happen',
  noticed: { uncovered: 'NET-DUP' },
  patches: [
    {
      file: 'simulators/world/fault-plan',
      find: `MESSAGE_FAULTS.has(fault.fault) &&
                fault.message === message &&`,
      replace: `MESSAGE_FAULTS.has(fault.fault) &&
                fault.fault !== 'NET-DUP' &&
                fault.message === message &&`,
    },
  ],
};
