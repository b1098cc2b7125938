import type { PlantedBug } from '../bug.ts';

export const cardFailedReadDisproves: PlantedBug = {
  name: 'card-failed-read-disproves',
  zh: '读不出卡就当作没写',
  en: 'a card that can not be read counts as not written',
  expected: 'S12',
  flows: ['card'],
  withFaults: ['CARD-PULL', 'RDR-CRASH', 'RDR-UNPLUG'],
  patches: [
    {
      file: 'platform/core/flows/card/writing',
      find: `if (outcome !== 'success' || !result) return wait(turn, order, error?.code ?? 'device.hardwareError');`,
      replace: `if (outcome !== 'success' || !result) { moveCard(turn, order, { stage: 'reading', mayBeWritten: false }); return wait(turn, order, error?.code ?? 'device.hardwareError'); }`,
    },
  ],
};
