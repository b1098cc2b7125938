import { type ListeningLine, listenLine } from '../listen-line.ts';
import type { Crt310 } from './reader.ts';

/** Puts the reader on a TCP port, as behind a serial converter (`port` 0: any free one). */
export async function listenReader({
  reader,
  port,
}: {
  reader: Crt310;
  port?: number;
}): Promise<ListeningLine> {
  const line = await listenLine(reader, port);
  reader.onUnplug(line.cut);
  return line;
}
