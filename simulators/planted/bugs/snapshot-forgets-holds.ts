import type { PlantedBug } from '../bug.ts';

export const snapshotForgetsHolds: PlantedBug = {
  name: 'snapshot-forgets-holds',
  zh: '快照漏了冻结金额',
  en: 'a snapshot forgets what is held',
  expected: 'S11',
  withFaults: ['PLT-CRASH'],
  patches: [
    {
      file: 'platform/core/snapshot',
      find: 'ledger: [...state.ledger],',
      replace:
        'ledger: [...state.ledger].map(([account, { debit, credit }]) => [account, { debit, credit, debitPending: 0, creditPending: 0 }]),',
    },
  ],
};
