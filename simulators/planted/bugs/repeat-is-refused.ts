import type { PlantedBug } from '../bug.ts';

export const repeatIsRefused: PlantedBug = {
  name: 'repeat-is-refused',
  zh: '同一订单重发时被拒绝,顾客被退款而订单仍在办理',
  en: 'a repeat of an order that was taken is refused, so the customer gets the money back',
  expected: 'S7',
  withFaults: ['NET-DROP', 'KSK-DOUBLE'],
  patches: [
    {
      file: 'platform/core/flows/opening',
      find: `else
            answer(turn, { ok: true, order: known });`,
      replace: `else
            refuse(turn, 'platform.lookAlike');`,
    },
  ],
};
