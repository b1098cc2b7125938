import type { BookedOrder } from './booked-order.ts';
import type { CardFound } from './observation.ts';
import type { Scene } from './scene.ts';

export const WRITE_CARD = 'yizhan.card-reader.write';
export const UTILITY = 'cp.state-grid.1';

/** What is on every meter card now, and every wallet that it has ever borne: the truth, by the card's serial. */
export interface Cards {
  now(serial: string): CardFound | undefined;
  bears(serial: string, wallet: { count: number; amountFen: number }): boolean;
  hasBorne(serial: string, wallet: { count: number; amountFen: number }): boolean;
  tell(serial: string, found: CardFound | undefined): void;
  serials(): Iterable<string>;
}

const nameOf = ({ count, amountFen }: { count: number; amountFen: number }) => `${count} ${amountFen}`;

export function createCards(): Cards {
  const now = new Map<string, CardFound | undefined>();
  const ever = new Map<string, Set<string>>();
  return {
    now: (serial) => now.get(serial),
    bears(serial, wallet) {
      const found = now.get(serial);
      return found !== undefined && nameOf(found) === nameOf(wallet);
    },
    hasBorne: (serial, wallet) => ever.get(serial)?.has(nameOf(wallet)) === true,
    tell(serial, found) {
      now.set(serial, found);
      if (!found) return;
      const known = ever.get(serial) ?? new Set();
      ever.set(serial, known.add(nameOf(found)));
    },
    serials: () => now.keys(),
  };
}

/** Whether the card's order can still come to its end: somebody has a reader, and the utility is there to answer. */
export function canEnd(scene: Scene, order: BookedOrder): boolean {
  if (!order.card) return true;
  return scene.there.has(UTILITY) && [...scene.there].some((place) => place.endsWith('.reader'));
}
