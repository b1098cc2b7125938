import { UsageError } from './options.ts';

const HELP = `yizhan device ACTION

  list         what is plugged in, and which driver would fit
  probe        what a device says of itself
  test-print   prints a test receipt, and says what proves it
  read-card    waits for a card, and shows what is on it, masked

Needs no platform. A device is named as in the kiosk’s file, or given in full:
  yizhan device probe --config kiosk.yaml printer
  yizhan device probe --driver printer-escpos --transport tcp:192.168.1.50:9100 --settings model=epson-80

Ends with 0 where all is well, 1 where the device does not do it, 3 where nobody knows whether it did, 2 and 78 where the
command or the configuration is wrong.`;

/** `yizhan device`: for whoever stands before the device. */
export async function deviceCommand([action, ...args]: string[]): Promise<number> {
  switch (action) {
    case 'list':
      return await (await import('./device/list.ts')).list(args);
    case 'probe':
      return await (await import('./device/probe.ts')).probe(args);
    case 'test-print':
      return await (await import('./device/test-print.ts')).testPrint(args);
    case 'read-card':
      return await (await import('./device/read-card.ts')).readCard(args);
    case undefined:
    case '--help':
      console.log(HELP);
      return action === undefined ? 2 : 0;
    default:
      throw new UsageError(`device can not «${action}»\n\n${HELP}`);
  }
}
