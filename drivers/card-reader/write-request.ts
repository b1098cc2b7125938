import type { cardReader } from '../../contracts/devices/card-reader.ts';
import type { RequestOf } from '../../contracts/operation.ts';
import type { CardImage } from './card-image.ts';
import { bytesOf, isSame } from './hex.ts';
import { fileOfWallet, returnedOf } from './meter-files.ts';
import { LAYOUTS } from './meter-layouts.ts';

export type WriteRequest = RequestOf<typeof cardReader.operations.write>;

/** Why the request can't be carried out on this card by anybody; `undefined` where it can. */
export function flawOf({ before, after, files }: WriteRequest, image: CardImage): string | undefined {
  if (new Set(files.map(({ file }) => file)).size !== files.length) return 'a file is named twice';
  for (const { file, data } of files) {
    const { length } = LAYOUTS[image.layout][file];
    if (data.length !== length * 2)
      return `${file} has ${data.length / 2} bytes; on a card of ${image.layout} it has ${length}`;
  }
  const wallet = files.find(({ file }) => file === 'wallet')?.data;
  const carried = wallet === undefined ? fileOfWallet(before) : bytesOf(wallet);
  return isSame(carried, fileOfWallet(after)) ? undefined : 'the files do not carry the wallet «after»';
}

/** The card is what the request makes of it, byte by byte. */
export function carries(image: CardImage, { after, files }: WriteRequest): boolean {
  return (
    isSame(image.wallet, fileOfWallet(after)) &&
    files.every(({ file, data }) => isSame(image[file], bytesOf(data)))
  );
}

/**
 * The card had been written and a meter has taken it since: its return file, which the request leaves empty, is the meter’s
 * answer to this very count. Clearing it again would change a card that has done its work.
 */
export function wasTakenByMeter(image: CardImage, { after, files }: WriteRequest): boolean {
  const ours = files.find(({ file }) => file === 'returned')?.data;
  return (
    isSame(image.wallet, fileOfWallet(after)) &&
    ours !== undefined &&
    returnedOf(bytesOf(ours)) === 'empty' &&
    answeredCount(image) === after.count
  );
}

/** Why the request is not for what the card carries now; `undefined` where it is, or where it was begun and broken off. */
export function changeOf(image: CardImage, { before, after }: WriteRequest): string | undefined {
  if (!isMixture(image.wallet, fileOfWallet(before), fileOfWallet(after)))
    return 'the wallet is neither the one before nor the one after, nor on the way between them';
  // A void takes a purchase back. What a meter has credited can't be: the customer would have both.
  if (after.count < before.count && answeredCount(image) === before.count)
    return 'a meter has taken the purchase that would be voided';
  return undefined;
}

/** The purchase count that a meter wrote back. */
function answeredCount({ returned }: CardImage): number | undefined {
  const read = returnedOf(returned);
  return typeof read === 'object' ? read.count : undefined;
}

/** A card writes from the first byte on: what an interruption leaves is the new beginning and the old rest. */
function isMixture(bytes: Uint8Array, before: Uint8Array, after: Uint8Array): boolean {
  return Array.from({ length: bytes.length + 1 }, (_, k) => k).some((k) =>
    isSame(bytes, Uint8Array.of(...after.subarray(0, k), ...before.subarray(k))),
  );
}
