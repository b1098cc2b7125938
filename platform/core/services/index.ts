import { chinaMobileTopUp } from './china-mobile.ts';
import { meterCard } from './meter-card.ts';
import type { Declared, Service } from './service.ts';

/** Every service of the payment's one shape. A new one is one file and one line here. */
export const SERVICES: readonly Service[] = [chinaMobileTopUp];

export function serviceOf(code: string | undefined): Service | undefined {
  return SERVICES.find((service) => service.code === code);
}

/** Every business, whatever its flow: what is printed and shown of an order. */
export const DECLARED: readonly Declared[] = [...SERVICES, meterCard];

export function declaredOf(code: string | undefined): Declared | undefined {
  return DECLARED.find((declared) => declared.code === code);
}
