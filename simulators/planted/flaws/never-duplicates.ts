import type { Flaw } from './flaw.ts';

export const neverDuplicates: Flaw = {
  name: 'never-duplicates',
  zh: '消息从不重复送达,却记作已重复',
  en: 'no message is ever delivered twice, though the receipts say so',
  noticed: { survivor: 'accepted-twice' },
  patches: [
    {
      file: 'simulators/world/wire',
      find: 'travel({ ...parcel, deliver }, text, fault.afterMs, true, index);',
      replace: 'void deliver;',
    },
  ],
};
