import Type from 'typebox';
import { customerDisplay } from '../../contracts/devices/customer-display.ts';
import { failure } from '../../contracts/endpoint/served.ts';
import type { RequestOf } from '../../contracts/operation.ts';
import { type Driver, type DriverHost, defineDriver } from '../kit/define-driver.ts';
import { amountText, placesOf } from './amount.ts';
import { CLEAR, INITIALISE, type Label, lamp, number } from './bytes.ts';

type Show = RequestOf<typeof customerDisplay.operations.show>;

/** Nothing ever comes back, so only a failing write tells that the line is lost: something is written this often, in ms. */
const REFRESH_MS = 5_000;

/** The LED display's driver: 2400 baud, eight digits, four lamps. Its wire has one direction. */
export function createCustomerDisplay(
  port: Pick<DriverHost, 'write' | 'setTimer' | 'statusChanged'>,
  { digits, labels }: { digits: number; labels: boolean },
): Driver {
  let device: 'starting' | 'online' | 'offline' = 'starting';
  let shown: Label | undefined;

  const write = (...parts: (readonly number[])[]) => port.write(Uint8Array.from(parts.flat()));
  const lampOf = (label: Label | undefined) => (labels ? lamp(label) : []);

  function become(next: typeof device): void {
    if (device === next) return;
    device = next;
    port.statusChanged();
  }

  return {
    capabilities: { digits, labels },
    status: () => ({ device }),
    command(command) {
      const { amountFen, label } = command.data as Show;
      if (device !== 'online') return command.complete(failure('device.offline', 'its line is not open'));
      if (amountFen !== undefined && placesOf(amountText(amountFen)) > digits)
        // DSP-001
        return command.complete(
          failure('contract.invalidData', `${amountText(amountFen)} does not fit ${digits} digits`),
        );
      shown = amountFen === undefined ? undefined : label;
      // Dark in between: never does a new label stand beside an old amount.
      write(CLEAR, lampOf(shown), amountFen === undefined ? [] : number(amountFen));
      command.complete({ outcome: 'success', result: { proof: 'none' } });
    },
    // Its class has none.
    question() {},
    opened() {
      shown = undefined;
      become('online');
      port.setTimer(REFRESH_MS);
      write(INITIALISE, CLEAR, lampOf(undefined)); // DSP-002
    },
    lost() {
      port.setTimer(undefined);
      become('offline');
    },
    bytes() {},
    timer() {
      port.setTimer(REFRESH_MS);
      // The lamp that is lit, lit again: nobody sees it. Without lamps, what sets nothing and shows nothing.
      write(labels ? lamp(shown) : [0x00]);
    },
  };
}

export const customerDisplayDriver = defineDriver({
  class: customerDisplay,
  settings: Type.Object({
    digits: Type.Integer({ minimum: 4, maximum: 40, description: 'a whole number from 4 to 40, mostly 8' }),
    labels: Type.Boolean({
      description: 'true where the display has the lamps 单价 总计 收款 找零, else false',
    }),
  }),
  create: createCustomerDisplay,
});
