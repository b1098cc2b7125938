import type { PlantedBug } from '../bug.ts';

export const freshKeyOnRetry: PlantedBug = {
  name: 'fresh-key-on-retry',
  zh: '未见受理就换新键重发',
  en: 'what was not accepted in time is sent again under a fresh key',
  expected: 'S5',
  patches: [
    {
      file: 'platform/core/flows/following',
      find: `if (leg.stage === 'sent' && now >= leg.acceptBy)
        doubt(turn, order, 'no «accepted» in time');`,
      replace: `if (leg.stage === 'sent' && now >= leg.acceptBy) {
        const place = instanceOf(turn.state, leg.counterpart);
        if (place && order.state === 'processing')
            publish(turn, place, {
                id: \`\${order.id}.2\`,
                type: PERFORM.request,
                correlation: order.id,
                key: \`\${order.id}.2\`,
                expiry: now + 60_000,
                attempt: 2,
                data: serviceOf(order.service).request(order.fields, order.amountFen),
            });
        doubt(turn, order, 'no «accepted» in time');
    }`,
    },
  ],
};
