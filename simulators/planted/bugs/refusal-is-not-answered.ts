import type { PlantedBug } from '../bug.ts';

export const refusalIsNotAnswered: PlantedBug = {
  name: 'refusal-is-not-answered',
  zh: '拒绝的订单没有答复柜员',
  en: 'a refused payment is not answered',
  expected: 'L2',
  patches: [
    {
      file: 'platform/core/flows/opening',
      find: 'answer(turn, { ok: false, code, order: rejected });',
      replace: '',
    },
    {
      file: 'platform/core/flows/opening',
      find: 'answer(turn, { ok: false, code: known.problem, order: known });',
      replace: '{ }',
    },
  ],
};
