import type { Flaw } from './flaw.ts';

export const noFaultIsDelivered: Flaw = {
  name: 'no-fault-is-delivered',
  zh: '所有故障都不发生',
  en: 'no fault ever happens',
  noticed: { void: 'no fault was delivered' },
  patches: [
    {
      file: 'simulators/world/fault-plan',
      find: 'let over = false;',
      replace: 'let over = true;',
    },
  ],
};
