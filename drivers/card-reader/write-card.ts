import type { Completion } from '../../contracts/operation.ts';
import { externalAuthenticate, updateSealed } from './apdu.ts';
import { isSameImage, readImage } from './card-image.ts';
import { codeOf, failed, failure, uncertain } from './codes.ts';
import { ask, isTrouble, type Sequence, type Trouble } from './exchange.ts';
import { bytesOf } from './hex.ts';
import { type FileName, LAYOUTS, type Layout } from './meter-layouts.ts';
import { carries, changeOf, flawOf, type WriteRequest, wasTakenByMeter } from './write-request.ts';

/**
 * The order of writing. A meter credits a card whose count is its own plus one and whose return file is empty (first byte not
 * 68). An interruption leaves a file’s new beginning and its old rest, and no such card may be one that a meter credits:
 *
 * - The wallet is last. Its count is behind its amount, and the count’s last byte always changes: a purchase has the next count
 *   only once all of it, and everything else, is on the card. Until then the meter sees the old count (no credit) or, in a
 *   carry, one far ahead (refused).
 * - The return file is first. A void fills it, and from its first byte on the meter refuses the purchase that is being taken back:
 *   a wallet torn between two amounts can’t be credited. For a purchase clearing it early costs nothing: with the old count the
 *   meter merely writes it anew. And a new sale is refused on a card without it, so a half-written card is not sold to.
 * - Only where a void leaves the return file empty (the card’s first purchase) a tear inside the eight bytes of the wallet leaves
 *   a part of the amount with the count to be voided. No order of files prevents that; it is told as uncertain, never as done.
 */
const ORDER: readonly FileName[] = ['returned', 'parameters', 'wallet'];

/**
 * Writes the files to the card whose session lives, and reads back what that has made of it.
 *
 * - success: the files were read back and are the request’s (CRD-002), or were there before (CRD-005);
 * - failure, effect none: nothing was sent, or what was read back is what was read before (CRD-003);
 * - unknown: all else (CRD-004).
 * @param late whether the request’s time is over; asked right before the first byte of a file
 */
export function* writeCard(request: WriteRequest, late: () => boolean): Sequence<Completion> {
  const before = yield* readImage();
  if (isTrouble(before)) return failed(before);
  if (before.serial !== request.serial)
    return failure('device.cardSwapped', `the card in the reader is ${before.serial}`);
  const flaw = flawOf(request, before);
  if (flaw) return failure('contract.invalidData', flaw);
  if (carries(before, request) || wasTakenByMeter(before, request)) return written(request, 'already');
  const change = changeOf(before, request);
  if (change) return failure('device.cardChanged', change);

  const authorized = yield* ask('authorize', externalAuthenticate(bytesOf(request.authorization)));
  if (isTrouble(authorized)) return failed(authorized);
  if (late()) return failure('contract.expired', 'its time was over before the first byte was written');

  const { trouble, isTouched } = yield* writeFiles(request, LAYOUTS[before.layout]);
  if (trouble && !isTouched) return failed(trouble);
  // Where the card left or the reader fell silent the driver lets nothing more through: this fails, whatever card is there now.
  const after = yield* readImage();
  if (isTrouble(after)) return uncertain(`${trouble?.detail ?? 'all written'}; read back: ${after.detail}`);
  if (after.serial === request.serial && carries(after, request)) return written(request, 'now');
  if (isSameImage(before, after))
    return trouble
      ? failure(codeOf(trouble), `${trouble.detail}; read back unchanged`)
      : failure('device.cardRefused', 'the card said that it was written and is unchanged');
  return uncertain(trouble?.detail ?? 'what was read back is neither the old nor the new card');
}

/** Up to the first trouble. `isTouched`: a write may have reached the card. */
function* writeFiles(
  { files }: WriteRequest,
  layout: Layout,
): Sequence<{ trouble?: Trouble; isTouched: boolean }> {
  let isTouched = false;
  for (const name of ORDER) {
    const file = files.find((each) => each.file === name);
    if (!file) continue;
    const done = yield* ask(
      'write',
      updateSealed(layout[name].shortId, bytesOf(file.data), bytesOf(file.mac)),
    );
    if (isTrouble(done)) return { trouble: done, isTouched: isTouched || done.maybeDone };
    isTouched = true;
  }
  return { isTouched };
}

function written({ serial, after }: WriteRequest, when: 'now' | 'already'): Completion {
  const { amountFen, count } = after;
  return { outcome: 'success', result: { serial, wallet: { amountFen, count }, written: when } };
}
