import type { PlantedBug } from '../bug.ts';

export const cardVoidPaidBeforeConfirmed: PlantedBug = {
  name: 'card-void-paid-before-confirmed',
  zh: '卡一恢复就退款,不等电力公司',
  en: 'a void gives the credit back when the card is restored, before the utility has it back',
  expected: 'S12',
  flows: ['card', 'cardVoid'],
  patches: [
    {
      file: 'platform/core/flows/card/closing',
      find: `if (order.kind === 'cardVoid') return close(turn, order, 'confirmVoid');`,
      replace: `if (order.kind === 'cardVoid') { endVoid(turn, order, 'restored'); return close(turn, order, 'confirmVoid'); }`,
    },
  ],
};
