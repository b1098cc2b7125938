import type { Principal } from '../../platform/core/authorize.ts';
import type { Command } from '../../platform/core/input.ts';
import type { Observer } from '../checker/observation.ts';
import { intentOf } from './intents.ts';
import { AREA, CLERK, type Names, OFFICE, outletOf, TELLER } from './names.ts';
import type { PlatformNode } from './platform-node.ts';
import type { VirtualTime } from './virtual-time.ts';

export const SYSTEM: Principal = { kind: 'system' };

/** Registers the area, the office and so many outlets, each with its station and its people. */
export function register(platform: PlatformNode, outlets: number): void {
  const system = (command: Command) => void platform.command(SYSTEM, command, () => {});
  const station = (organisation: string) =>
    system({ type: 'registerStation', station: { organisation, station: '1', publicKey: '' } });
  const person = (organisation: string, operator: string, role: 'teller' | 'clerk' | 'administrator') =>
    system({
      type: 'registerPerson',
      person: { organisation, operator, role, name: operator, passwordHash: '' },
    });
  system({ type: 'registerOrganisation', organisation: { code: AREA, kind: 'area', name: '成都市' } });
  system({
    type: 'registerOrganisation',
    organisation: { code: OFFICE, kind: 'office', name: '邮政支局', parent: AREA },
  });
  person(AREA, '0001', 'administrator');
  station(OFFICE);
  person(OFFICE, CLERK, 'clerk');
  for (let i = 1; i <= outlets; i++) {
    const code = outletOf(i);
    const name = `便民服务站${i}`;
    system({ type: 'registerOrganisation', organisation: { code, kind: 'outlet', name, parent: AREA } });
    station(code);
    person(code, TELLER, 'teller');
  }
}

export interface EndowOptions {
  time: VirtualTime;
  names: Names;
  observer: Observer;
  platform: PlatformNode;
}

/** The credit, in fen, that the outlet of this station has before the start; bought by the clerk. */
export function endow(options: EndowOptions, station: number, fen: number): void {
  const { time, names, observer, platform } = options;
  const outlet = outletOf(station);
  const name = `endow.${station}`;
  const id = names.mint(name, time.now());
  observer.intended(time.now(), intentOf(name, id, { do: 'credit', station, fen }));
  observer.submitted(time.now(), id);
  const who: Principal = {
    kind: 'person',
    role: 'clerk',
    organisation: OFFICE,
    station: '1',
    operator: CLERK,
  };
  platform.command(who, { type: 'buyCredit', id, outlet, amountFen: fen }, (reply) =>
    observer.told(time.now(), {
      order: id,
      outlet: OFFICE,
      state: reply.order?.state ?? 'refused',
      text: JSON.stringify(reply),
    }),
  );
}
