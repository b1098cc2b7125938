/** What the status bytes are made of. */
export type Condition = {
  coverOpen: boolean;
  paperEnd: boolean;
  nearEnd: boolean;
  cutterError: boolean;
  /** Mechanical, and beyond what anybody at the counter can mend. */
  broken: boolean;
  /** The head is too hot: it rests, and goes on by itself. */
  hot: boolean;
};

/** A printer that cannot print is offline; it keeps what arrives and still answers real-time commands. */
export function isOffline(c: Condition): boolean {
  return c.coverOpen || c.paperEnd || c.cutterError || c.broken || c.hot;
}

const hasError = (c: Condition) => c.cutterError || c.broken || c.hot;
const errorBits = (c: Condition) => (c.cutterError ? 0x08 : 0) | (c.broken ? 0x20 : 0) | (c.hot ? 0x40 : 0);

/** The one byte that DLE EOT n answers, n from 1 to 4. Bits 1 and 4 are always set: they tell it from other answers. */
export function realTimeStatus(n: 1 | 2 | 3 | 4, c: Condition): number {
  switch (n) {
    case 1:
      return 0x12 | (isOffline(c) ? 0x08 : 0);
    case 2:
      return 0x12 | (c.coverOpen ? 0x04 : 0) | (c.paperEnd ? 0x20 : 0) | (hasError(c) ? 0x40 : 0);
    case 3:
      return 0x12 | errorBits(c);
    case 4:
      return 0x12 | (c.nearEnd ? 0x0c : 0) | (c.paperEnd ? 0x60 : 0);
  }
}

/** The byte that GS r 1 answers. */
export function paperStatus(c: Condition): number {
  return (c.nearEnd ? 0x03 : 0) | (c.paperEnd ? 0x0c : 0);
}

/** The four bytes of automatic status back (GS a). */
export function automaticStatus(c: Condition): [number, number, number, number] {
  return [0x10 | (isOffline(c) ? 0x08 : 0) | (c.coverOpen ? 0x20 : 0), errorBits(c), paperStatus(c), 0];
}

/** Those bits of the four bytes whose change is told under the mask that GS a set: b1 online, b2 errors, b3 paper. */
export function watchedStatus(mask: number, c: Condition): string {
  const [printer, error, paper] = automaticStatus(c);
  return [mask & 0x02 ? printer : 0, mask & 0x04 ? error : 0, mask & 0x08 ? paper : 0].join();
}

/**
 * GS ( H function 49's answer when the printer goes offline. The cause's bits differ from model to model; these are the
 * emulator's own: 04 cover, 08 an error of its own, 20 paper end.
 */
export function offlineResponse(withCause: boolean, c: Condition): Uint8Array {
  const cause = 0x40 | (c.coverOpen ? 0x04 : 0) | (hasError(c) ? 0x08 : 0) | (c.paperEnd ? 0x20 : 0);
  return Uint8Array.from(withCause ? [0x37, 0x23, cause, 0] : [0x37, 0x23, 0]);
}
