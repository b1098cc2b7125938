import type { PlantedBug } from '../bug.ts';

export const phoneNumberOnPaper: PlantedBug = {
  name: 'phone-number-on-paper',
  zh: '小票印出完整手机号',
  en: 'the whole phone number is printed',
  expected: 'S19',
  patches: [
    {
      file: 'platform/core/receipt',
      find: `field.mask(order.fields[field.name] ?? '')`,
      replace: `order.fields[field.name] ?? ''`,
    },
  ],
};
