import type { Flaw } from './flaw.ts';

export const amountsAreAllAlike: Flaw = {
  name: 'amounts-are-all-alike',
  zh: '生成的金额全都一样',
  en: 'every generated amount is the same',
  noticed: { void: '«amounts» was the same' },
  patches: [
    {
      file: 'simulators/campaign/demand-customer',
      find: `: draws.of(\`\${name} amount\`, USUAL);`,
      replace: `: draws.of(\`\${name} amount\`, USUAL.slice(0, 1));`,
    },
    {
      file: 'simulators/campaign/demand-customer',
      find: `draws.happens(\`\${name} odd amount\`, mix.oddAmount)`,
      replace: `draws.happens(\`\${name} odd amount\`, 0)`,
    },
    {
      file: 'simulators/campaign/demand-customer',
      find: `draws.happens(\`\${name} any tens\`, 0.3)`,
      replace: `draws.happens(\`\${name} any tens\`, 0)`,
    },
  ],
};
