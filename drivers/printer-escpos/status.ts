/** What a printer may send back. The fixed bits of a byte say what it belongs to. */
export type BackEvent =
  /** The answer to one DLE EOT; which of them only the order of asking tells. */
  | { kind: 'realTime'; byte: number }
  /** The answer to GS r or to a GS I of one byte. */
  | { kind: 'inOrder'; byte: number }
  /** Automatic status back, four bytes. */
  | { kind: 'automatic'; bytes: number[] }
  /** `37 … 00` (process id, clear) or `5F … 00` (GS I text), without header and end. */
  | { kind: 'block'; header: number; bytes: number[] };

/** The longest block that is believed; GS I texts stay far below. */
const MAX_BLOCK = 80;
const XON = 0x11;
const XOFF = 0x13;

/**
 * Takes the back channel apart. Pure, bounded, and the same events for any chunking. A byte that cannot go on what has begun
 * ends it without an event and is looked at afresh, so it is in step again at the next answer after any garbage.
 */
export function createBackChannel(): { push(chunk: Uint8Array): BackEvent[] } {
  let open: Unfinished | undefined;

  function push(chunk: Uint8Array): BackEvent[] {
    const events: BackEvent[] = [];
    for (const byte of chunk) {
      if (byte === XON || byte === XOFF) continue;
      const event = open ? goOn(open, byte) : begin(byte);
      if (event) events.push(event);
    }
    return events;
  }

  function goOn({ kind, header, bytes }: Unfinished, byte: number): BackEvent | undefined {
    if (
      kind === 'automatic' ? !isInOrder(byte) : !(isText(byte) || byte === 0) || bytes.length === MAX_BLOCK
    ) {
      open = undefined;
      return begin(byte);
    }
    if (kind === 'block' && byte === 0) {
      open = undefined;
      return { kind: 'block', header, bytes };
    }
    bytes.push(byte);
    if (kind === 'block' || bytes.length < 4) return undefined;
    open = undefined;
    return { kind: 'automatic', bytes };
  }

  function begin(byte: number): BackEvent | undefined {
    if ((byte & 0x93) === 0x12) return { kind: 'realTime', byte };
    if (isInOrder(byte)) return { kind: 'inOrder', byte };
    if ((byte & 0x93) === 0x10) open = { kind: 'automatic', header: byte, bytes: [byte] };
    if (byte === 0x37 || byte === 0x5f) open = { kind: 'block', header: byte, bytes: [] };
    return undefined;
  }

  return { push };
}

interface Unfinished {
  kind: 'automatic' | 'block';
  header: number;
  bytes: number[];
}

const isInOrder = (byte: number) => (byte & 0x90) === 0;
const isText = (byte: number) => byte >= 0x20 && byte <= 0x7e;
