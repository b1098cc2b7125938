import type { ReaderState } from '../card-reader/reader.ts';
import { ABNORMAL_CARD, type Answer } from './commands.ts';

type Media = ReaderState['media'];

/** Where the card lies, by the first byte of the status. A card in the mouth is still there until its owner has taken it. */
const PLACES: Record<number, Media> = {
  // Too long and too short: no card that this reader can be rid of by itself.
  70: 'jammed',
  71: 'jammed',
  // In the mouth, loose or held; inside, with contacts or without; held at the rear.
  72: 'present',
  73: 'present',
  74: 'present',
  75: 'present',
  76: 'present',
  // Thrown out at the rear.
  77: 'notPresent',
  78: 'notPresent',
};

/** What a status says of the card. */
export function mediaOf(status: Answer): Media {
  if ('refused' in status) return status.refused === ABNORMAL_CARD ? 'jammed' : 'unknown';
  return ('data' in status && PLACES[status.data[0] ?? 0]) || 'unknown';
}
