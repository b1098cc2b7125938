import { monotonicFactory } from 'ulid';
import { nameOf, type Place } from '../../../contracts/topics.ts';
import type { Principal } from '../../core/authorize.ts';
import type { Command, PresenceChange } from '../../core/input.ts';

/** Ids are minted by stations; here by counting on, so that no chance is paid for by the platform's process. */
export const mint = monotonicFactory();

/** The bench's network: some outlets with a printer each, and one carrier. */
export const OUTLETS = Array.from({ length: 8 }, (_, i) => String(51_020_001 + i));
export const CARRIER: Place = { kind: 'counterpart', counterpart: 'china-mobile', instance: '1' };
export const printerOf = (outlet: string): Place => ({
  kind: 'device',
  outlet,
  station: '1',
  device: 'printer',
});
export const PLACES: readonly Place[] = [CARRIER, ...OUTLETS.map(printerOf)];
export const NAMES = PLACES.map(nameOf);

const OFFICE = '51019901';
export const SYSTEM: Principal = { kind: 'system' };
const CLERK: Principal = {
  kind: 'person',
  role: 'clerk',
  organisation: OFFICE,
  station: '1',
  operator: 'C001',
};

/** What must be there before the first payment: the outlets, and credit for more payments than a run makes. */
export function preparation(): { who: Principal; command: Command }[] {
  const register = (code: string, kind: 'outlet' | 'office') => ({
    who: SYSTEM,
    command: { type: 'registerOrganisation', organisation: { code, kind, name: `bench ${code}` } } as const,
  });
  const buy = (outlet: string) => ({
    who: CLERK,
    command: { type: 'buyCredit', id: mint(), outlet, amountFen: 100_000_000_000 } as const,
  });
  return [
    register(OFFICE, 'office'),
    ...OUTLETS.flatMap((outlet) => [register(outlet, 'outlet'), buy(outlet)]),
  ];
}

/** The n-th payment: each outlet in turn, numbers that do not repeat within thousands. */
export function payment(n: number): { who: Principal; command: Command } {
  const organisation = OUTLETS[n % OUTLETS.length] ?? '';
  return {
    who: { kind: 'person', role: 'teller', organisation, station: '1', operator: 'T001' },
    command: {
      type: 'pay',
      id: mint(),
      service: 'mobile-topup',
      fields: { phone: `1380800${String(n % 9000).padStart(4, '0')}` },
      amountFen: 5_000,
    },
  };
}

/** A place's birth as the core hears of it, for runs without a bus. */
export const birthOf = (place: Place): PresenceChange => ({
  place,
  online: true,
  epoch: 'bench-0001',
  profile: place.kind === 'device' ? 'printer' : 'carrier',
  status: {},
  capabilities: {},
});
