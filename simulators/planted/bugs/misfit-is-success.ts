import type { PlantedBug } from '../bug.ts';

export const misfitIsSuccess: PlantedBug = {
  name: 'misfit-is-success',
  zh: '结果格式不对时只看 outcome',
  en: 'a completion that breaks its schema counts by its outcome alone',
  expected: 'S7',
  withFaults: ['CAR-WRONG'],
  patches: [
    {
      file: 'platform/core/flows/outcome',
      find: `const misfit = fitsPerform(data);
    if (misfit)
        return { kind: 'unclear', why: \`contract.invalidData \${misfit}\` };`,
      replace: `const misfit = fitsPerform(data);
    if (misfit)
        return data.outcome === 'success' ? { kind: 'succeeded', counterpartNo: '' } : { kind: 'declined', code: 'contract.invalidData' };`,
    },
  ],
};
