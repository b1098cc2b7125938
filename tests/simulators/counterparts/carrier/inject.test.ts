import { describe, expect, it } from 'vitest';
import { CONDUCTS, createConduct } from '../../../../simulators/counterparts/carrier/conduct.ts';

const NUMBER = '13808001234';
const OTHER = '13808005678';
const DECLINED = '13808009901';

describe('rules that are added to a running carrier', () => {
  it('come before the script, the magic numbers and the seed, in the order they were added, each as often as it says', () => {
    const of = createConduct({ script: [{ conduct: 'closedAccount' }], seed: 7 });
    const next = (account: string) => of({ key: 'k', account });
    of.add({ conduct: 'down', times: 2 });
    of.add({ conduct: 'success', times: 1 });
    expect([next(NUMBER), next(DECLINED), next(DECLINED), next(NUMBER)]).toEqual([
      CONDUCTS.down,
      CONDUCTS.down,
      CONDUCTS.success,
      CONDUCTS.closedAccount,
    ]);
  });

  it('of one number wait for that number, and others pass by', () => {
    const of = createConduct();
    const next = (account: string) => of({ key: 'k', account });
    of.add({ conduct: 'lostReply', times: 1, account: NUMBER });
    expect([next(OTHER), next(NUMBER), next(NUMBER)]).toEqual([
      CONDUCTS.success,
      CONDUCTS.lostReply,
      CONDUCTS.success,
    ]);
  });
});
