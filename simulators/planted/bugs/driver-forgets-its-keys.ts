import type { PlantedBug } from '../bug.ts';

export const driverForgetsItsKeys: PlantedBug = {
  name: 'driver-forgets-its-keys',
  zh: '驱动不认重复的打印键，又打一张',
  en: 'an endpoint takes a repeated key for a new one, and prints again',
  expected: 'S13',
  patches: [
    {
      file: 'contracts/endpoint/commands',
      find: `if (known)
                return repeat(known, asker, data, served);`,
      replace: `if (open.get(key)?.durable === false)
                return repeat(known, asker, data, served);`,
    },
  ],
};
