import type { Flaw } from './flaw.ts';

export const paperIsNotShown: Flaw = {
  name: 'paper-is-not-shown',
  zh: '检查器看不到打印出的纸',
  en: 'the checker sees no paper',
  noticed: { survivor: 'reprint-as-original' },
  patches: [
    {
      file: 'simulators/world/printer-node',
      find: 'observer.paper(time.now(), { place: name, job, lines: printed, whole });',
      replace: '',
    },
  ],
};
