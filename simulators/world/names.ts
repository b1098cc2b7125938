import { hash32 } from './keyed.ts';
import type { Scenario } from './scenario.ts';

/** The fixed places of every world. */
export const AREA = '51';
export const OFFICE = '51019999';
export const CLERK = '9001';
export const TELLER = '0001';
export const UTILITY = { kind: 'counterpart', counterpart: 'state-grid', instance: '1' } as const;
export const CARRIER = { kind: 'counterpart', counterpart: 'china-mobile', instance: '1' } as const;

const outlets: string[] = [];

/** The outlet of station 1, 2, …: one text for each, whoever asks. */
export function outletOf(station: number): string {
  outlets[station] ??= `5101${String(station).padStart(4, '0')}`;
  return outlets[station];
}

const CROCKFORD = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** A ULID that a station would mint: its time part, and instead of chance the seed and the order's name. */
export function orderId(seed: number, name: string, at: number): string {
  let id = '';
  for (let rest = at, i = 0; i < 10; i++) {
    id = CROCKFORD[rest % 32] + id;
    rest = Math.floor(rest / 32);
  }
  for (let part = 0; part < 4; part++) {
    let bits = hash32(`${name}/${part}`, seed);
    for (let i = 0; i < 4; i++) {
      id += CROCKFORD[bits & 31];
      bits >>>= 5;
    }
  }
  return id;
}

/** Orders by their names in the scenario and by their ids on the wire; whoever presses again makes new ones. */
export interface Names {
  /** Mints the id of a name; throws where two names would share one. */
  mint(name: string, at: number): string;
  idOf(name: string): string | undefined;
  nameOf(id: string): string | undefined;
}

export function createNames({ seed }: Pick<Scenario, 'seed'>): Names {
  const ids = new Map<string, string>();
  const names = new Map<string, string>();
  return {
    mint(name, at) {
      const id = orderId(seed, name, at);
      if (names.has(id)) throw new Error(`orders ${name} and ${names.get(id)} have the same id`);
      ids.set(name, id);
      names.set(id, name);
      return id;
    },
    idOf: (name) => ids.get(name),
    nameOf: (id) => names.get(id),
  };
}
