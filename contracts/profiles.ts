import { printer } from './devices/printer.ts';
import type { Profile } from './operation.ts';
import { carrier } from './profiles/carrier.ts';

/** Every counterpart profile and device class there is. */
export const PROFILES: readonly Profile[] = [carrier, printer];
