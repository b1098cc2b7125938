import { MODELS, type ModelName } from '../../../drivers/card-reader-f2/models.ts';
import { createF2Protocol } from '../../../drivers/card-reader-f2/protocol.ts';
import { emulateF2, type F2Reader } from '../../../simulators/devices/card-reader-f2/reader.ts';
import type { Chip } from '../../../simulators/devices/cards/chip.ts';
import { wired, withCardIn } from '../card-reader/wired.ts';

export const MODEL_NAMES: ModelName[] = ['crt-591', 'crt-288k'];

/** The driver at the emulated reader. What a HID driver writes goes out in reports that are filled up with zeros. */
export function bench(name: ModelName) {
  const reader = emulateF2(name);
  const size = reader.model.reportBytes;
  if (size === undefined) return wired(createF2Protocol(MODELS[name]), reader);
  const hid: F2Reader = {
    ...reader,
    input(bytes) {
      for (let at = 0; at < bytes.length; at += size) {
        const report = new Uint8Array(size);
        report.set(bytes.subarray(at, at + size));
        reader.input(report);
      }
    },
  };
  return wired(createF2Protocol(MODELS[name]), hid);
}

export type Bench = ReturnType<typeof bench>;

/** A connected reader with a card in it. */
export const withCard = (name: ModelName, chip: Chip | undefined): Bench => withCardIn(bench(name), chip);
