import type { PlantedBug } from '../bug.ts';

export const replaySkipsTheLastRecord: PlantedBug = {
  name: 'replay-skips-the-last-record',
  zh: '恢复时漏掉区块的最后一条',
  en: 'a recovery skips the last record of a block of several',
  expected: 'S11',
  patches: [
    {
      file: 'platform/runtime/recover',
      find: 'for (const record of decodeBody(block.body)) {',
      replace:
        'for (const record of decodeBody(block.body).slice(0, Math.max(1, block.last - block.first))) {',
    },
  ],
};
