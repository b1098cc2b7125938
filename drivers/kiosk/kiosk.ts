import { nameOf } from '../../contracts/topics.ts';
import type { DriverConfiguration } from '../host/configuration.ts';
import type { TlsFiles } from '../host/tls.ts';

/** One device of the kiosk: what its process is started with, or why that can’t be. */
export type KioskDevice = { name: string; driver: string } & (
  | { config: DriverConfiguration }
  | { why: string }
);

/** A kiosk as its file describes it. */
export interface Kiosk {
  file: string;
  url: string;
  /** The kiosk itself is a place too. */
  place: { kind: 'device'; outlet: string; station: string; device: string };
  password: string;
  tls: TlsFiles | undefined;
  journals: string;
  devices: KioskDevice[];
}

/** The kiosk’s own device name: none of its devices may have it. */
export const ITSELF = 'kiosk';

/** What a device’s configuration takes from the kiosk’s. */
export interface Shared extends Pick<Kiosk, 'file' | 'url' | 'tls' | 'journals'> {
  outlet: string;
  station: string;
  /** The secret of a name. Throws Misconfigured. */
  secretOf(name: string): string;
}

/** The device’s name on the wire. */
export const wireName = ({ outlet, station }: Pick<Shared, 'outlet' | 'station'>, device: string): string =>
  nameOf({ kind: 'device', outlet, station, device });
