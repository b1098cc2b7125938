import type { RunningUtility } from '../../simulators/counterparts/utility/start.ts';
import { type AlarmButton, createAlarmButton } from '../../simulators/devices/alarm-button/button.ts';
import { emulateCrt310 } from '../../simulators/devices/card-reader-crt310/reader.ts';
import type { Slot } from '../../simulators/devices/cards/slot.ts';
import {
  type CustomerDisplay,
  createCustomerDisplay,
} from '../../simulators/devices/customer-display/display.ts';
import type { Tray } from '../../simulators/devices/printer/tray.ts';
import { createLedSign, type LedSign } from '../../simulators/devices/sign/sign.ts';
import { type CounterCards, openCounterCards } from './counter-cards.ts';
import { type CounterDevice, type CounterPlace, openDevice } from './counter-driver.ts';
import { type CounterPrinter, openCounterPrinter } from './counter-printer.ts';

/** Which devices stand at the outlet's counter: each has a driver in a process of its own. */
export const DEVICE_SETS = ['printer', 'card', 'all'] as const;
export type DeviceSet = (typeof DEVICE_SETS)[number];

/** The outlet's counter: emulated devices with their real drivers, and the customers who come with their cards. */
export interface Counter extends CounterPrinter {
  cards: CounterCards;
  /** The counterpart behind the cards; `undefined`: a real one stands in its place. */
  utility: RunningUtility | undefined;
  /** From here on `undefined` where the bench does not have it. */
  reader: (Pick<CounterDevice, 'killDriver'> & { slot: Slot }) | undefined;
  display: CustomerDisplay | undefined;
  sign: LedSign | undefined;
  button: AlarmButton | undefined;
  /** How many drivers run at it. */
  drivers: number;
}

/** How many drivers run at it. */
const DRIVERS: { [set in DeviceSet]: number } = { printer: 1, card: 2, all: 5 };
const DIGITS = 8;
const CHARACTERS = 64;

/** Opens the counter with its printer and the devices of this set. What was opened is closed again where one can't be. */
export async function openCounter(
  at: CounterPlace,
  options: { tray: Tray; devices: DeviceSet; utility: RunningUtility | undefined },
): Promise<Counter> {
  const { tray, devices, utility } = options;
  const opened: { close(): Promise<void> }[] = [];
  const close = async () => {
    // All at once: each waits for its process to end.
    await Promise.all(opened.splice(0).map((one) => one.close()));
  };
  const kept = <Opened extends { close(): Promise<void> }>(one: Opened): Opened => {
    opened.push(one);
    return one;
  };
  try {
    const { printer, killDriver } = kept(await openCounterPrinter(at, tray));
    const counter: Counter = {
      printer,
      killDriver,
      cards: openCounterCards(at.folder),
      utility,
      reader: undefined,
      display: undefined,
      sign: undefined,
      button: undefined,
      drivers: DRIVERS[devices],
      close,
    };
    if (devices === 'printer') return counter;
    const reader = emulateCrt310();
    const wired = kept(await openDevice(at, 'reader', reader, { driver: 'card-reader-crt310' }));
    counter.reader = { slot: reader.slot, killDriver: wired.killDriver };
    if (devices === 'card') return counter;
    counter.display = createCustomerDisplay({ digits: DIGITS });
    const display = { driver: 'customer-display', digits: DIGITS, labels: true };
    kept(await openDevice(at, 'display', counter.display, display));
    counter.sign = createLedSign({ characters: CHARACTERS });
    kept(await openDevice(at, 'sign', counter.sign, { driver: 'sign', characters: CHARACTERS }));
    counter.button = createAlarmButton();
    kept(await openDevice(at, 'alarm', counter.button, { driver: 'alarm-button' }));
    return counter;
  } catch (error) {
    await close();
    throw error;
  }
}
