import { type ListeningLine, listenLine } from '../listen-line.ts';
import type { F2Reader } from './reader.ts';

/**
 * Puts the reader on a TCP port (`port` 0: any free one): the serial one as behind a converter; of the HID one whole reports of 64
 * bytes, one behind the other, as a bridge to a HID device passes them on.
 */
export async function listenF2({
  reader,
  port,
}: {
  reader: F2Reader;
  port?: number;
}): Promise<ListeningLine> {
  const line = await listenLine(reader, port);
  reader.onUnplug(line.cut);
  return line;
}
