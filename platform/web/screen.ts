import type { Session, Station } from './types.ts';

/** One thing that the middle of the page shows. */
export interface Screen {
  element: HTMLElement;
  /** Something may have changed: read again. */
  look?(): void;
  /** Is money on its way, so that whoever waits must not pay again? */
  waits?(): boolean;
  /** Another screen comes: end what runs. */
  leave?(): void;
}

/** What a screen is given. */
export interface Desk {
  session: Session;
  station: Station;
  /** Platform time, ms: this machine's own clock may be wrong. */
  now(): number;
  /** The outlet's credit as it is shown, fen; `undefined` until it is known. */
  available(): number | undefined;
  /** Shows `#name` or `#name/rest`. */
  go(place: string): void;
}
