import { chinaMobileTopUp } from './china-mobile.ts';
import type { Service } from './service.ts';

/** Every declared service. A new one of the same shape is one file and one line here. */
export const SERVICES: readonly Service[] = [chinaMobileTopUp];

export function serviceOf(code: string | undefined): Service | undefined {
  return SERVICES.find((service) => service.code === code);
}
