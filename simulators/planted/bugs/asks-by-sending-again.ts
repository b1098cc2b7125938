import type { PlantedBug } from '../bug.ts';

export const asksBySendingAgain: PlantedBug = {
  name: 'asks-by-sending-again',
  zh: '不查询,用同一键重发请求',
  en: 'what is in doubt is sent again under its key instead of being inquired',
  expected: 'S9',
  patches: [
    {
      file: 'platform/core/flows/following',
      find: `if (!place)
        return;
    publish(turn, place, {
        id: \`\${leg.key}.i\${leg.inquiries}\`,
        type,`,
      replace: `if (!place)
        return;
    const service = serviceOf(order.service);
    if (service)
        return publish(turn, place, {
            id: \`\${leg.key}.r\${leg.inquiries}\`,
            type: PERFORM.request,
            correlation: order.id,
            key: leg.key,
            expiry: turn.now + 60_000,
            attempt: leg.inquiries + 1,
            data: service.request(order.fields, order.amountFen),
        });
    publish(turn, place, {
        id: \`\${leg.key}.i\${leg.inquiries}\`,
        type,`,
    },
  ],
};
