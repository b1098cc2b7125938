import type { PlantedBug } from '../bug.ts';

export const inquiryOffTheRecord: PlantedBug = {
  name: 'inquiry-off-the-record',
  zh: '人工查询不记录就发出',
  en: 'an inquiry by hand is sent without a record',
  expected: 'S18',
  patches: [
    {
      file: 'platform/core/flows/following',
      find: `if (question)
            inquire(turn, order, leg, question);
    }
    answer(`,
      replace: `const place = question && instanceOf(turn.state, leg.counterpart, leg.instance);
        if (place)
            publish(turn, place, {
                id: \`\${leg.key}.i\${leg.inquiries + 1}\`,
                type: question.type,
                correlation: order.id,
                data: { originalKey: question.originalKey },
            });
    }
    answer(`,
    },
  ],
};
