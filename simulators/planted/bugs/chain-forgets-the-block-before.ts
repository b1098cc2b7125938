import type { PlantedBug } from '../bug.ts';

export const chainForgetsTheBlockBefore: PlantedBug = {
  name: 'chain-forgets-the-block-before',
  zh: '区块哈希不含前一区块',
  en: 'a block’s hash leaves out the block before it',
  expected: 'S18',
  patches: [
    {
      file: 'platform/runtime/block',
      find: `return hash(\`\${prev}\\n\${first}\\n\${last}\\n\${at}\\n\${body}\`);`,
      replace: `return hash(\`\${first}\\n\${last}\\n\${at}\\n\${body}\`);`,
    },
  ],
};
