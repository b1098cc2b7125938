import type { PlantedBug } from '../bug.ts';

export const cardReleasedBeforeCancelled: PlantedBug = {
  name: 'card-released-before-cancelled',
  zh: '电力公司未应答撤销就退款',
  en: 'the money goes back when the cancellation is sent, not when it is answered',
  expected: 'S12',
  flows: ['card'],
  withFaults: ['UTL-NO-SEAL', 'CARD-BAD'],
  patches: [
    {
      file: 'platform/core/flows/card/closing',
      find: `moveCard(turn, order, { stage: 'closing' });`,
      replace: `moveCard(turn, order, { stage: 'closing' }); if (operation === 'cancel' && !isFinal(order.state)) record(turn, { type: 'orderEnded', order: order.id, state: 'failed', why: operation, problem: 'platform.cardNotWritten', transfers: endings(turn, order, 'release') });`,
    },
  ],
};
