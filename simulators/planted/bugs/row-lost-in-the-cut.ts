import type { PlantedBug } from '../bug.ts';

export const rowLostInTheCut: PlantedBug = {
  name: 'row-lost-in-the-cut',
  zh: '订单在日切的同一次提交中结束,其行未写入',
  en: 'an order that ends in the commit of a later day’s cut gets no row',
  expected: 'L2',
  kept: 'golden/end-in-a-later-cut',
  patches: [
    {
      file: 'platform/runtime/runtime',
      find: 'const rows = [...touched.values()].filter(isSettled).map(rowOf);',
      replace:
        'const rows = [...touched.values()].filter((order) => isInMemory(state, order.id) && isSettled(order)).map(rowOf);',
    },
  ],
};
