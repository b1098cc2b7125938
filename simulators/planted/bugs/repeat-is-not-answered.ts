import type { PlantedBug } from '../bug.ts';

export const repeatIsNotAnswered: PlantedBug = {
  name: 'repeat-is-not-answered',
  zh: '重发的订单没有答复',
  en: 'a repeat of an order is not answered',
  expected: 'L2',
  patches: [
    {
      file: 'platform/core/flows/opening',
      find: 'answer(turn, { ok: true, order: known });',
      replace: '{ }',
    },
  ],
};
