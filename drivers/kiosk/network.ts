import { readFile } from 'node:fs/promises';

/** Flags of the kernel’s tables: the route is usable; it refuses what it matches. */
const UP = 0x1;
const REJECT = 0x200;

/**
 * The interface that carries the default route: the one with the lowest metric, of IPv4 before IPv6.
 * @param ipv4 the text of /proc/net/route
 * @param ipv6 the text of /proc/net/ipv6_route
 */
export function defaultInterface(ipv4: string, ipv6: string): string | undefined {
  const rows = (text: string) => text.split('\n').map((line) => line.trim().split(/\s+/));
  const four = rows(ipv4).map(([name, to, , flags, , , metric, mask]) => ({
    name,
    isDefault: to === '00000000' && mask === '00000000',
    flags: Number.parseInt(flags ?? '', 16),
    metric: Number(metric),
  }));
  const six = rows(ipv6).map(([to, length, , , , metric, , , flags, name]) => ({
    name,
    isDefault: length === '00' && /^0{32}$/.test(to ?? ''),
    flags: Number.parseInt(flags ?? '', 16),
    metric: Number.parseInt(metric ?? '', 16),
  }));
  for (const routes of [four, six]) {
    const [best] = routes
      .filter(({ isDefault, flags, name }) => isDefault && flags & UP && !(flags & REJECT) && name !== 'lo')
      .sort((a, b) => a.metric - b.metric);
    if (best?.name) return best.name;
  }
  return undefined;
}

/** As {@link defaultInterface}, of this machine now; `undefined` where it has no such tables. */
export async function readDefaultInterface(folder = '/proc/net'): Promise<string | undefined> {
  const [ipv4, ipv6] = await Promise.all(
    ['route', 'ipv6_route'].map((name) => readFile(`${folder}/${name}`, 'utf8').catch(() => '')),
  );
  return defaultInterface(ipv4 ?? '', ipv6 ?? '');
}
