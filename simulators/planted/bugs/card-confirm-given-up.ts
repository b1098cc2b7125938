import type { PlantedBug } from '../bug.ts';

export const cardConfirmGivenUp: PlantedBug = {
  name: 'card-confirm-given-up',
  zh: '确认两次没有应答就放弃',
  en: 'the utility is told twice that a card is written, and then no more',
  expected: 'L9',
  flows: ['card'],
  withFaults: ['UTL-NO-CONFIRM', 'NET-DROP'],
  patches: [
    {
      file: 'platform/core/flows/card/closing',
      find: `const place = instanceOf(turn.state, leg.counterpart, leg.instance);`,
      replace: `if (leg.inquiries >= 2) return void moveCard(turn, order, { stage: 'closed' }); const place = instanceOf(turn.state, leg.counterpart, leg.instance);`,
    },
  ],
};
