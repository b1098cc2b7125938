import type { Static } from 'typebox';
import type { cardReader } from '../../contracts/devices/card-reader.ts';
import type { ReaderState } from './reader.ts';

export type CardReaderStatus = Static<typeof cardReader.status>;

/** What the driver knows of its reader. */
export interface Condition {
  /** `faulty`: it failed time and again and has not been tested since. */
  reader: 'starting' | 'ready' | 'lost' | 'faulty';
  media: ReaderState['media'];
  chip: 'powered' | 'off' | 'mute';
}

const DEVICE = { starting: 'starting', ready: 'online', lost: 'offline', faulty: 'hardwareError' } as const;
const CHIP = { powered: 'online', off: 'poweredOff', mute: 'hardwareError' } as const;

/** The condition in the contract’s words. Of a reader that is not ready nothing is known (CRD-007). */
export function statusOf({ reader, media, chip }: Condition): CardReaderStatus {
  if (reader !== 'ready') return { device: DEVICE[reader], media: 'unknown', chipPower: 'unknown' };
  const device = media === 'jammed' ? 'userError' : 'online';
  if (media === 'notPresent') return { device, media, chipPower: 'noCard' };
  // Without knowing of a card, only a chip that answered is known.
  const chipPower = media === 'present' || chip === 'powered' ? CHIP[chip] : 'unknown';
  return { device, media, chipPower };
}
