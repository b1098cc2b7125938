/** The ESC/POS commands this driver sends besides text and style. */

/** ESC @: clears the print buffer and the modes, not the receive buffer. */
export const INIT = [0x1b, 0x40] as const;

/** FS & and FS . : clones differ in the mode they start in, so both are always sent. */
export const CHINESE_ON = [0x1c, 0x26] as const;
export const CHINESE_OFF = [0x1c, 0x2e] as const;

/** GS V 66 0: feeds the last row past the cutter, then cuts. */
export const CUT = [0x1d, 0x56, 0x42, 0x00] as const;

/** GS r 1: answered in stream order, so its answer says that everything before it has been processed. */
export const FENCE = [0x1d, 0x72, 0x01] as const;

/**
 * DLE ENQ 2 and DLE DC4 8, both acted on at once, even when the printer has stopped: the first leaves an error and drops the
 * buffers, the second drops them without an error. Without it the rest of a failed job would come out as soon as a new roll
 * is put in.
 */
export const CLEAR = [0x10, 0x05, 0x02, 0x10, 0x14, 0x08, 0x01, 0x03, 0x14, 0x01, 0x06, 0x02, 0x08] as const;

/** DLE EOT 1 to 4, acted on at once: printer, cause of offline, error, roll. Each is answered by one byte. */
export const STATUS = [0x10, 0x04, 1, 0x10, 0x04, 2, 0x10, 0x04, 3, 0x10, 0x04, 4] as const;

/** GS ( H function 48: answered by `37 22 d1 d2 d3 d4 00` when everything before it is on the paper. */
export function processIdRequest(id: string): number[] {
  return [0x1d, 0x28, 0x48, 0x06, 0x00, 0x30, 0x30, ...Array.from(id, (c) => c.charCodeAt(0))];
}
