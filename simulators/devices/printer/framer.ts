const DLE = 0x10;
const ESC = 0x1b;
const FS = 0x1c;
const GS = 0x1d;
const LEADS = new Map([
  [DLE, 'DLE'],
  [ESC, 'ESC'],
  [FS, 'FS'],
  [GS, 'GS'],
]);

/** One whole command, or one byte of text. `name` is like `ESC @`, `GS ( H`, `0A` or `text`; `bytes` are all of it. */
export type Command = { name: string; bytes: readonly number[] };

/** How many argument bytes follow a two-byte command, also of those that are only accepted or only skipped. */
const ARGUMENTS: Record<string, number> = {
  ...lengths('ESC', { 0: '@2imvSL\x0c', 1: '!3E-GadJKetRMV{ T=ru%?', 2: '$\\cB', 3: 'p', 8: 'W' }),
  ...lengths('FS', { 0: '&.', 1: '!-WC', 2: 'Sp', 74: '2' }),
  ...lengths('GS', { 0: ':', 1: '!BHarIfhwbT/E', 2: 'LWP$\\', 3: '^' }),
};

function lengths(lead: string, table: Record<number, string>): Record<string, number> {
  return Object.fromEntries(
    Object.entries(table).flatMap(([n, ops]) => [...ops].map((op) => [`${lead} ${op}`, Number(n)])),
  );
}

/** The documented limits of GS v 0; a header beyond them is no image, and its «data» is printed as text. */
export const RASTER_LIMIT = { bytesAcross: 128, rows: 4095 };

/**
 * Cuts a byte stream into commands, whatever the chunks. Its length rules depend on the bytes alone and not on the
 * printer's state, so that a command is whole before it waits for paper.
 */
export function createFramer() {
  let partial: number[] = [];
  let wanted = 0;
  return {
    /** Takes one byte; answers the command that it completes. */
    push(byte: number): Command | undefined {
      if (partial.length === 0 && byte >= 0x20) return { name: 'text', bytes: [byte] };
      partial.push(byte);
      if (wanted === 0) wanted = lengthOf(partial);
      if (wanted === 0 || partial.length < wanted) return undefined;
      const bytes = partial;
      this.reset();
      return { name: nameOf(bytes), bytes };
    },
    /** Forgets a command begun. */
    reset(): void {
      partial = [];
      wanted = 0;
    },
    /** How many bytes of an unfinished command it holds; those of a real-time command do not count. */
    get held(): number {
      return this.insideData ? partial.length : 0;
    },
    /** Whether the next byte belongs to a command that is not a real-time one. */
    get insideData(): boolean {
      return partial.length > 0 && partial[0] !== DLE;
    },
    get insideRealTime(): boolean {
      return partial[0] === DLE;
    },
  };
}

/** `GS ( H` and `GS v 0` are told apart by their third byte, all others by the first two. */
function nameOf(bytes: readonly number[]): string {
  const lead = LEADS.get(bytes[0] ?? 0);
  if (lead === undefined) return hex(bytes[0]);
  const long = lead === 'GS' && (bytes[1] === 0x28 || bytes[1] === 0x76);
  return [lead, ...bytes.slice(1, long ? 3 : 2).map(printable)].join(' ');
}

const hex = (byte = 0): string => byte.toString(16).toUpperCase().padStart(2, '0');
const printable = (byte: number): string =>
  byte > 0x20 && byte < 0x7f ? String.fromCharCode(byte) : hex(byte);

/** A command's whole length once its first bytes say it, else 0. An unknown command is two bytes long. */
function lengthOf(b: readonly number[]): number {
  const [lead, op, p = 0, q = 0] = b;
  if (lead === undefined || !LEADS.has(lead)) return 1;
  if (op === undefined) return 0;
  if (lead === DLE) return realTimeLength(b);
  const n = ARGUMENTS[`${LEADS.get(lead)} ${String.fromCharCode(op)}`];
  if (n !== undefined) return 2 + n;
  if (lead === ESC && op === 0x44) return untilNul(b, 2, 32);
  if (lead === ESC && op === 0x2a) return b.length < 5 ? 0 : 5 + (p >= 32 ? 3 : 1) * (q + 256 * (b[4] ?? 0));
  if (lead !== GS) return 2;
  switch (op) {
    case 0x28: // GS ( x: counted
      return b.length < 5 ? 0 : 5 + q + 256 * (b[4] ?? 0);
    case 0x2a: // GS *: a downloaded picture
      return b.length < 4 ? 0 : 4 + p * q * 8;
    case 0x56: // GS V: cut, with or without a feed
      return b.length < 3 ? 0 : [65, 66, 97, 98, 103, 104].includes(p) ? 4 : 3;
    case 0x6b: // GS k: barcode, ended by NUL or counted
      if (b.length < 3) return 0;
      if (p <= 6) return untilNul(b, 3, 255);
      return b.length < 4 ? 0 : 4 + q;
    case 0x76:
      return rasterLength(b);
    default:
      return 2;
  }
}

function realTimeLength(b: readonly number[]): number {
  if (b[1] === 0x04 || b[1] === 0x05) return 3;
  if (b[1] !== 0x14) return 2;
  if (b.length < 3) return 0;
  return b[2] === 8 ? 10 : 5;
}

function rasterLength(b: readonly number[]): number {
  if (b.length < 8) return 0;
  const across = (b[4] ?? 0) + 256 * (b[5] ?? 0);
  const rows = (b[6] ?? 0) + 256 * (b[7] ?? 0);
  const possible = across <= RASTER_LIMIT.bytesAcross && rows <= RASTER_LIMIT.rows;
  return possible ? 8 + across * rows : 8;
}

function untilNul(b: readonly number[], head: number, limit: number): number {
  return b.length > head && (b.at(-1) === 0 || b.length >= head + limit) ? b.length : 0;
}
