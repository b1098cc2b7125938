import { alarmButton } from './devices/alarm-button.ts';
import { cardReader } from './devices/card-reader.ts';
import { customerDisplay } from './devices/customer-display.ts';
import { kiosk } from './devices/kiosk.ts';
import { printer } from './devices/printer.ts';
import { sign } from './devices/sign.ts';
import type { Profile } from './operation.ts';
import { carrier } from './profiles/carrier.ts';
import { utility } from './profiles/utility.ts';

/** Every counterpart profile and device class there is. */
export const PROFILES: readonly Profile[] = [
  carrier,
  utility,
  printer,
  cardReader,
  customerDisplay,
  sign,
  alarmButton,
  kiosk,
];
