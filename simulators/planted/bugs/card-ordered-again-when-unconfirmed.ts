import type { PlantedBug } from '../bug.ts';

export const cardOrderedAgainWhenUnconfirmed: PlantedBug = {
  name: 'card-ordered-again-when-unconfirmed',
  zh: '确认无应答就当新购电再下单',
  en: 'where a confirmation has no answer the purchase is ordered once more',
  expected: 'S5',
  flows: ['card'],
  withFaults: ['UTL-NO-CONFIRM', 'NET-DROP'],
  patches: [
    {
      file: 'platform/core/flows/card/closing',
      find: `const key = \`\${leg.key}.\${leg.inquiries}\`;`,
      replace: `const key = \`\${leg.key}.\${leg.inquiries}\`;
    if (leg.operation === 'confirm' && leg.inquiries > 1) {
        const { customerNo, meterNo, serial, after } = order.card;
        publish(turn, place, {
            id: \`\${order.id}.1b\`, type: commandTypes('order').request, correlation: order.id, key: \`\${order.id}.1b\`, expiry: turn.now + BEGINS_WITHIN, attempt: 1,
            data: { customerNo, meterNo, cardSerial: serial, count: after.count + 1, amountFen: after.amountFen },
        });
        return;
    }`,
    },
  ],
};
