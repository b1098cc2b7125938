import { createCrt310 } from '../../../drivers/card-reader-crt310/protocol.ts';
import { emulateCrt310 } from '../../../simulators/devices/card-reader-crt310/reader.ts';
import type { Chip } from '../../../simulators/devices/cards/chip.ts';
import { wired, withCardIn } from '../card-reader/wired.ts';

export { only } from '../card-reader/bench.ts';

export const bench = (reader = emulateCrt310()) => wired(createCrt310, reader);
export type Bench = ReturnType<typeof bench>;

/** A connected reader with a card in it. */
export const withCard = (chip: Chip | undefined, reader?: ReturnType<typeof emulateCrt310>): Bench =>
  withCardIn(bench(reader), chip);
