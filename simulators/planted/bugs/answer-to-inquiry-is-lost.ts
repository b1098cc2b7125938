import type { PlantedBug } from '../bug.ts';

export const answerToInquiryIsLost: PlantedBug = {
  name: 'answer-to-inquiry-is-lost',
  zh: '查询答复按错键匹配，永远对不上',
  en: 'answers to inquiries are matched by the wrong key',
  expected: 'L1',
  patches: [
    {
      file: 'platform/core/flows/following',
      find: `(l) => message.causation === l.key || message.causation?.startsWith(\`\${l.key}.i\`)`,
      replace: '(l) => message.causation === l.key',
    },
    {
      file: 'platform/core/flows/following',
      find: 'if (now >= leg.giveUpAt) {',
      replace: 'if (now >= leg.giveUpAt && leg.inquiries === 0) {',
    },
  ],
};
