import type { PlantedBug } from '../bug.ts';

export const anyPrinterWillDo: PlantedBug = {
  name: 'any-printer-will-do',
  zh: '本台没有打印机就送到别的网点打印',
  en: 'a receipt goes to any printer there is, where its own is away',
  expected: 'S19',
  patches: [
    {
      file: 'platform/core/flows/printing',
      find: `const place = deviceOf(turn.state, at.organisation, at.station, 'printer');`,
      replace: `const place = deviceOf(turn.state, at.organisation, at.station, 'printer') ??
        [...turn.state.presence.values()].find(({ profile }) => profile === 'printer')?.place;`,
    },
  ],
};
