import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

export type Power = 'mains' | 'battery' | 'unknown';

/** A supply as the kernel tells it below /sys/class/power_supply, by the names of its files. */
export type Supply = { [file in (typeof FILES)[number]]?: string };

const FILES = ['type', 'scope', 'online', 'status'] as const;
const FOLDER = '/sys/class/power_supply';

/**
 * Where the machine’s power comes from. What is certain about mains decides; else what the battery is doing. A battery in
 * a mouse says nothing of the machine.
 */
export function powerOf(supplies: readonly Supply[]): Power {
  const ours = supplies.filter(({ scope }) => scope !== 'Device');
  const mains = ours.filter(
    ({ type, online }) => type !== 'Battery' && type !== 'UPS' && online !== undefined,
  );
  if (mains.some(({ online }) => online !== '0')) return 'mains';
  const batteries = ours.filter(({ type }) => type === 'Battery' || type === 'UPS');
  if (batteries.some(({ status }) => status === 'Discharging')) return 'battery';
  if (mains.length > 0) return batteries.length > 0 ? 'battery' : 'unknown';
  return batteries.some(({ status }) => status !== undefined && status !== 'Unknown') ? 'mains' : 'unknown';
}

/** Reads the supplies there are; one that is just being unplugged has no files any more. */
export async function readPower(folder = FOLDER): Promise<Power> {
  const names = await readdir(folder).catch(() => []);
  const read = async (name: string): Promise<Supply> => {
    const files = FILES.map(async (file) => {
      const text = await readFile(join(folder, name, file), 'utf8').catch(() => undefined);
      return [file, text?.trim()] as const;
    });
    return Object.fromEntries(await Promise.all(files));
  };
  return powerOf(await Promise.all(names.map(read)));
}
