import type { Principal } from '../core/authorize.ts';
import type { Command } from '../core/input.ts';
import { hashPassword } from '../http/password.ts';
import type { PlatformApi } from '../http/platform.ts';

/** The bench's organisations and people. Their passwords are no secret: they stand in the README. */
export const AREA = { code: '51010000', kind: 'area', name: '成都市邮政局' } as const;
export const OUTLET = { code: '51010001', kind: 'outlet', name: '春熙路报刊亭', parent: AREA.code } as const;
export const OFFICE = {
  code: '51019901',
  kind: 'office',
  name: '春熙路邮政支局',
  parent: AREA.code,
} as const;
export const STATION = '1';
export const TELLER = {
  organisation: OUTLET.code,
  operator: 'T001',
  password: '258036',
  role: 'teller',
  name: '李晓梅',
} as const;
export const CLERK = {
  organisation: OFFICE.code,
  operator: 'C001',
  password: '369147',
  role: 'clerk',
  name: '王建国',
} as const;
export const ADMINISTRATOR = {
  organisation: AREA.code,
  operator: 'A001',
  password: '741852',
  role: 'administrator',
  name: '陈静',
} as const;

const SYSTEM: Principal = { kind: 'system' };

/** Registers what is not registered yet; a second start changes nothing. `publicKeyOf` gives a station's key (PEM). */
export async function registerDemo(
  platform: PlatformApi,
  publicKeyOf: (organisation: string) => string,
): Promise<void> {
  const known = await platform.read((state) => ({
    organisations: [...state.organisations.keys()],
    stations: [...state.stations.keys()],
    people: [...state.people.keys()],
  }));
  const register = async (command: Command) => {
    const reply = await platform.command(SYSTEM, command);
    if (!reply.ok) throw new Error(`${command.type} was refused: ${reply.code}`);
  };
  for (const organisation of [AREA, OUTLET, OFFICE]) {
    if (!known.organisations.includes(organisation.code))
      await register({ type: 'registerOrganisation', organisation });
    const station = {
      organisation: organisation.code,
      station: STATION,
      publicKey: publicKeyOf(organisation.code),
    };
    if (!known.stations.includes(`${organisation.code}/${STATION}`))
      await register({ type: 'registerStation', station });
  }
  for (const { password, ...person } of [TELLER, CLERK, ADMINISTRATOR])
    if (!known.people.includes(`${person.organisation}/${person.operator}`))
      await register({
        type: 'registerPerson',
        person: { ...person, passwordHash: await hashPassword(password) },
      });
}
