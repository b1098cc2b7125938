import type { TObject, TSchema } from 'typebox';
import { checkOf } from '../../contracts/operation.ts';

/** The environment variable with the configuration of a driver's process, as JSON. */
export const VARIABLE = 'YIZHAN_DRIVER';

/** How a process ends that can't run with its configuration: EX_CONFIG of sysexits.h. To start it again would change nothing. */
export const MISCONFIGURED_CODE = 78;

/** What is wrong with one member: where it stands, how it is shown, and what would be allowed. */
export interface Fault {
  path: string;
  shown: string;
  allowed: string;
}

/** The configuration is at fault: whoever gave it must correct it. */
export class Misconfigured extends Error {
  /** Where one member is to blame: for whoever gave it another name, as the kiosk’s file does. */
  readonly fault: Fault | undefined;

  constructor(message: string, fault?: Fault) {
    super(message);
    this.fault = fault;
  }
}

/**
 * Checks member by member, so that a message speaks of one member, and its description is what is allowed there.
 * @param path of the object itself, with a dot at its end; empty for the whole configuration
 */
export function mustFit(schema: TObject, value: unknown, path: string): void {
  const members = Object(value) as Record<string, unknown>;
  for (const [name, member] of Object.entries(schema.properties)) {
    const given = members[name];
    if (given === undefined && !schema.required?.includes(name)) continue;
    const wrong = checkOf(member)(given) !== undefined;
    // Deeper where there is a deeper: «usb.vendorId» helps more than «usb».
    if (wrong && isObject(member) && typeof given === 'object' && given !== null)
      mustFit(member, given, `${path}${name}.`);
    if (wrong) refuse(`${path}${name}`, given, String((member as { description?: string }).description));
  }
}

/** Refuses members that nobody reads: a misspelt one would silently be without effect. */
export function mustKnow(value: object, known: readonly string[], path: string): void {
  for (const [name, given] of Object.entries(value))
    if (!known.includes(name)) refuse(`${path}${name}`, given, `no such member, but ${known.join(', ')}`);
}

export function refuse(path: string, value: unknown, allowed: string): never {
  const secret = /password|secret/i.test(path);
  const shown = value === undefined ? 'missing' : secret ? 'not fit' : JSON.stringify(value);
  blame({ path, shown, allowed });
}

/** As {@link refuse}, of a value that may be shown as it is. */
export function blame(fault: Fault): never {
  const { path, shown, allowed } = fault;
  throw new Misconfigured(
    `${VARIABLE}: «${path}» is ${shown}; allowed is ${allowed}. Correct it in the station’s configuration`,
    fault,
  );
}

function isObject(schema: TSchema): schema is TObject {
  return 'properties' in schema;
}
