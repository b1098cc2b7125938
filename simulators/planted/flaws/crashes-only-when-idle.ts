import type { Flaw } from './flaw.ts';

export const crashesOnlyWhenIdle: Flaw = {
  name: 'crashes-only-when-idle',
  zh: '平台只在没有在途订单时崩溃',
  en: 'the platform crashes only when nothing is under way',
  noticed: { uncovered: 'PLT-CRASH' },
  patches: [
    {
      file: 'simulators/world/fates',
      find: 'if (plan.hasHit(index) || !isAbout(block, fault.order))',
      replace: `if (plan.hasHit(index) || !isAbout(block, fault.order) || (fault.fault === 'PLT-CRASH' && fault.order !== 'cut'))`,
    },
  ],
};
