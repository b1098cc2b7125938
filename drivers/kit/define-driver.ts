import type { Static, TObject } from 'typebox';
import type { Behaviour } from '../../contracts/endpoint/behaviour.ts';
import type { Profile } from '../../contracts/operation.ts';

/**
 * A driver: a synchronous state machine between its class's operations and its device's bytes. What it is told, besides commands
 * and questions, comes in here; what it does goes out through its {@link DriverHost}.
 */
export interface Driver extends Behaviour {
  /** There is a new connection. Nothing is known of the device behind it: it may be another one, or have lost its power. */
  opened(): void;
  /** There is no connection any more, or it could not be opened. The host tries again by itself. */
  lost(reason: string): void;
  bytes(chunk: Uint8Array): void;
  /** The time set by {@link DriverHost.setTimer} is over. */
  timer(): void;
}

/** What the host does for a driver. Deadlines, journal, repeats, births and reconnections it does unasked. */
export interface DriverHost {
  /** To the device; dropped while there is no connection. */
  write(bytes: Uint8Array): void;
  /** There is one timer, in ms: a new time replaces the old one, `undefined` stops it. */
  setTimer(ms: number | undefined): void;
  /** `status()` says something else now. */
  statusChanged(): void;
  /** The device is silent: closes the connection and opens a new one. `opened` follows, without a `lost`. */
  reopen(reason: string): void;
  /** An earlier process accepted a command and left no end: a part of it may still be in the device. */
  readonly unfinished: boolean;
  /** Platform time in ms; `undefined` where none has been heard for a minute. */
  platformTime(): number | undefined;
  readonly note: Note;
}

/** What a driver keeps over restarts besides its keys: one value, as JSON. */
export interface Note {
  /** As it was when this process started; `undefined` before the first one was written. */
  readonly before: unknown;
  /** Replaces the note. `durable` is called when the value is on stable storage, in the order of the calls. */
  write(value: unknown, durable: () => void): void;
}

/** A driver as the host takes it. */
export interface DriverDefinition<Settings extends TObject = TObject> {
  /** The device class whose contract it fulfils. */
  class: Profile;
  /** Its own settings, beside the host's. The description of each says what is allowed: errors repeat it. */
  settings: Settings;
  /** Begins without a connection; `opened` or `lost` follows. */
  create(host: DriverHost, settings: Static<Settings>): Driver;
}

/** The members of a configuration that are the host's. */
export const HOST_SETTINGS = [
  'url',
  'name',
  'password',
  'tls',
  'driver',
  'transport',
  'journalFolder',
] as const;

/** Declares a driver. Throws where a setting has no description or takes a name of the host's. */
export function defineDriver<Settings extends TObject>(
  definition: DriverDefinition<Settings>,
): DriverDefinition {
  for (const [name, schema] of Object.entries(definition.settings.properties)) {
    if ((HOST_SETTINGS as readonly string[]).includes(name))
      throw new Error(`the setting «${name}» is the host’s: give the driver’s own another name`);
    if (!('description' in schema))
      throw new Error(`the setting «${name}» has no description: say in it what is allowed`);
  }
  return definition;
}
