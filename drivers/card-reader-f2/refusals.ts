import type { ReaderFailure, ReaderReply } from '../card-reader/reader.ts';

/** It was not reset since its power came back. */
export const NOT_RESET = 'B0';

const nothingDone = (why: ReaderFailure['why'], words: string) => ({ why, sent: false, words });
const maybe = (why: ReaderFailure['why'], words: string) => ({ why, sent: true, words });

/** The reader's two-digit codes. Of what is not here nobody knows how far it came. */
const REFUSALS: Readonly<Record<string, ReaderFailure & { words: string }>> = {
  '00': nothingDone('refused', 'command unknown'),
  '01': nothingDone('refused', 'parameter unknown'),
  '02': nothingDone('refused', 'not possible now'),
  '03': maybe('hardware', 'hardware'),
  '04': nothingDone('refused', 'wrong data'),
  '05': maybe('hardware', 'contacts not released'),
  '10': maybe('jammed', 'card jam'),
  '11': maybe('jammed', 'latch'),
  '12': maybe('hardware', 'sensor'),
  '13': maybe('mute', 'card too long'),
  '14': maybe('mute', 'card too short'),
  '15': maybe('hardware', 'reader’s memory'),
  '30': maybe('hardware', 'power down'),
  '40': maybe('hardware', 'recycling'),
  '43': maybe('jammed', 'contacts not reached'),
  '45': maybe('noCard', 'card moved by hand'),
  '50': maybe('hardware', 'counter'),
  '51': maybe('hardware', 'motor'),
  '60': maybe('mute', 'short circuit'),
  '61': maybe('mute', 'activation failed'),
  '62': maybe('mute', 'card not supported'),
  '63': maybe('mute', 'no answer from the card'),
  '64': maybe('mute', 'card’s protocol'),
  // A card that was put in again, or another one: it has no power. Or the one that was pulled out in this very command.
  '65': maybe('noCard', 'card not activated'),
  '66': maybe('mute', 'card not supported'),
  '67': maybe('mute', 'transmission to the card'),
  '68': maybe('mute', 'card too slow'),
  '69': maybe('mute', 'card’s answer to reset'),
  A0: maybe('hardware', 'stacker empty'),
  A1: maybe('hardware', 'bin full'),
  [NOT_RESET]: nothingDone('refused', 'not reset'),
};

export function failureOf(code: string): Extract<ReaderReply, { failed: ReaderFailure }> {
  const { words, why, sent } = REFUSALS[code] ?? maybe('hardware', 'unknown');
  return { failed: { why, sent }, detail: `reader error ${code}: ${words}` };
}
