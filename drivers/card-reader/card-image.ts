import { MASTER_FILE, POWER_APPLICATION, readBinary, select } from './apdu.ts';
import { ask, isTrouble, type Sequence, type Trouble } from './exchange.ts';
import { hexOf, isSame } from './hex.ts';
import { type FileName, LAYOUT_NAMES, LAYOUTS, type LayoutName, type MeterFile } from './meter-layouts.ts';

/** What a purchase card carries, byte by byte. */
export interface CardImage extends Record<FileName, Uint8Array> {
  serial: string;
  layout: LayoutName;
}

const SERIAL = { shortId: 0x19, offset: 1, length: 8 } as const;

/** Reads the serial and the three files of the card that is powered; begins at the master file, wherever the card stands. */
export function* readImage(): Sequence<CardImage | Trouble> {
  const master = yield* ask('identify', select(MASTER_FILE));
  if (isTrouble(master)) return master;
  const serial = yield* ask('identify', readBinary(SERIAL.shortId, SERIAL.length, SERIAL.offset));
  if (isTrouble(serial)) return serial;
  if (serial.length !== SERIAL.length) return wrongLength('identify', serial);
  const application = yield* ask('identify', select(POWER_APPLICATION));
  if (isTrouble(application)) return application;
  const parameters = yield* readFile(LAYOUTS['2009'].parameters);
  if (isTrouble(parameters)) return parameters;
  const wallet = yield* readFile(LAYOUTS['2009'].wallet);
  if (isTrouble(wallet)) return wallet;
  const found = yield* readReturned();
  if (isTrouble(found)) return found;
  return { serial: hexOf(serial), parameters, wallet, ...found };
}

export const isSameImage = (a: CardImage, b: CardImage): boolean =>
  a.serial === b.serial &&
  a.layout === b.layout &&
  isSame(a.parameters, b.parameters) &&
  isSame(a.wallet, b.wallet) &&
  isSame(a.returned, b.returned);

/** The generations differ in where the return file is, so finding it is finding the layout. */
function* readReturned(): Sequence<Pick<CardImage, 'layout' | 'returned'> | Trouble> {
  let last: Trouble | undefined;
  for (const layout of LAYOUT_NAMES) {
    const returned = yield* readFile(LAYOUTS[layout].returned);
    if (!isTrouble(returned)) return { layout, returned };
    last = returned;
    if (returned.cause !== NO_SUCH_FILE) break;
  }
  return last ?? wrongLength('files', new Uint8Array());
}

const NO_SUCH_FILE = 0x6a82;

function* readFile({ shortId, length }: MeterFile): Sequence<Uint8Array | Trouble> {
  const file = yield* ask('files', readBinary(shortId, length));
  return isTrouble(file) || file.length === length ? file : wrongLength('files', file);
}

/** A file of another length is another file. */
function wrongLength(step: Trouble['step'], { length }: Uint8Array): Trouble {
  return { step, cause: NO_SUCH_FILE, maybeDone: true, detail: `${step}: ${length} bytes are no such file` };
}
