import { join } from 'node:path';
import { openUkey, type SoftwareUkey } from '../../../simulators/devices/ukey.ts';
import { AREA, CLERK, OFFICE, orderId, outletOf, TELLER } from '../../../simulators/world/names.ts';
import type { Scenario } from '../../../simulators/world/scenario.ts';
import type { Principal } from '../../core/authorize.ts';
import type { Command } from '../../core/input.ts';
import type { Role } from '../../core/state.ts';
import { hashPassword } from '../../http/password.ts';

export const STATION = '1';
export const PASSWORD = '258036';
/** Settles what needs a person. */
export const ADMINISTRATOR = 'A001';

const SYSTEM: Principal = { kind: 'system' };
const OFFICE_CLERK: Principal = {
  kind: 'person',
  role: 'clerk',
  organisation: OFFICE,
  station: STATION,
  operator: CLERK,
};

/** The key of an organisation's station. */
export const ukeyOf = (folder: string, organisation: string): SoftwareUkey =>
  openUkey(join(folder, 'ukeys'), `${organisation}-${STATION}`);

/** What is registered and sold before the scenario begins: the outlets with their credit, the office, the administrators. */
export async function setUpOf(
  { world, seed }: Scenario,
  start: number,
  folder: string,
): Promise<{ principal: Principal; command: Command }[]> {
  passwordHash ??= hashPassword(PASSWORD);
  const hash = await passwordHash;
  const place = (
    code: string,
    kind: 'area' | 'outlet' | 'office',
    operator: string,
    role: Role,
  ): Command[] => [
    {
      type: 'registerOrganisation',
      organisation: { code, kind, name: code, ...(kind === 'area' ? {} : { parent: AREA }) },
    },
    {
      type: 'registerStation',
      station: { organisation: code, station: STATION, publicKey: ukeyOf(folder, code).publicKey },
    },
    {
      type: 'registerPerson',
      person: { organisation: code, operator, role, name: operator, passwordHash: hash },
    },
  ];
  const outlets = Array.from({ length: world.stations }, (_, i) => outletOf(i + 1));
  const registered = [
    ...place(AREA, 'area', ADMINISTRATOR, 'administrator'),
    ...place(OFFICE, 'office', CLERK, 'clerk'),
    ...outlets.flatMap((code) => place(code, 'outlet', TELLER, 'teller')),
  ];
  const sold = (world.creditFen > 0 ? outlets : []).map((outlet) => ({
    type: 'buyCredit' as const,
    id: orderId(seed, `credit ${outlet}`, start),
    outlet,
    amountFen: world.creditFen,
  }));
  return [
    ...registered.map((command) => ({ principal: SYSTEM, command })),
    ...sold.map((command) => ({ principal: OFFICE_CLERK, command })),
  ];
}

/** One for all, and once for all scenarios: it is meant to be costly. */
let passwordHash: Promise<string> | undefined;
