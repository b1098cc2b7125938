import { get } from './api.ts';
import { pick, t } from './texts.ts';
import type { OrderView, Service } from './types.ts';

let services: Service[] | undefined;

/** What can be paid for. It changes with the platform's version only, so it is asked for once. Throws as `get` does. */
export async function knownServices(): Promise<Service[]> {
  services ??= (await get<{ services: Service[] }>('/api/services', true)).services;
  return services;
}

/** An order's business by its own name, such as 移动直充话费; needs {@link knownServices} before. */
export function businessOf({ service, kind }: OrderView): string {
  const known = services?.find(({ code }) => code === service);
  return known ? pick(known.zh, known.en) : t(kind);
}
