import Type, { type Static } from 'typebox';
import { kiosk } from '../../contracts/devices/kiosk.ts';
import { authorize } from '../core/authorize.ts';
import type { State } from '../core/state.ts';
import type { Sighting, Track } from '../service/sightings.ts';
import type { App, Context } from './app.ts';
import { allow, whoIs } from './guard.ts';
import { answers } from './schemas.ts';
import type { Person } from './sessions.ts';

const text = Type.String();
const time = Type.Number({ description: 'Platform time, ms since 1970' });
const problem = Type.Optional(
  Type.Object(
    { at: time, state: text, why: Type.Optional(text) },
    { description: 'When it was last not well, since the platform started' },
  ),
);

const deviceView = Type.Object({
  name: text,
  profile: Type.Optional(Type.String({ description: 'Its class: printer, card-reader, …' })),
  state: Type.String({
    description:
      'online, offline, starting, hardwareError, userError; or of its driver: misconfigured, backingOff, stopped',
  }),
  since: time,
  problem,
  status: Type.Record(text, Type.Unknown(), { description: 'As its class declares it; empty while offline' }),
});

const kioskView = Type.Object({
  outlet: text,
  name: Type.String({ description: 'The outlet’s name' }),
  station: text,
  state: Type.String({ description: 'online, offline, or never: not heard of since the platform started' }),
  since: Type.Optional(time),
  problem,
  power: Type.String({ description: 'mains, battery, unknown' }),
  network: Type.String({ description: 'up, unstable, down' }),
  networkInterface: Type.Optional(text),
  version: Type.Optional(text),
  devices: Type.Array(deviceView),
});

export type KioskView = Static<typeof kioskView>;
type DeviceView = Static<typeof deviceView>;

/** DEV-07: what the centre sees of the kiosks. */
export function kiosks(app: App, { platform }: Context): void {
  app.get(
    '/api/kiosks',
    {
      schema: {
        summary: 'The kiosks below the administrator: devices, health, power and network',
        response: answers(200, Type.Object({ kiosks: Type.Array(kioskView) }), 'platform.forbidden'),
      },
    },
    (request) => {
      const who = whoIs(request);
      return platform.read((state) => {
        allow(state, who, 'readHealth', who.organisation);
        return { kiosks: kiosksOf(state, who, platform.sightings()) };
      });
    },
  );
}

/** Of every outlet’s station, and of whatever else has a device: by outlet and station. */
function kiosksOf(state: State, who: Person, sightings: readonly Sighting[]): KioskView[] {
  const sites = new Map<string, { outlet: string; station: string; seen: Sighting[] }>();
  const at = (outlet: string, station: string) => {
    const key = `${outlet}/${station}`;
    const site = sites.get(key) ?? { outlet, station, seen: [] };
    sites.set(key, site);
    return site;
  };
  for (const { organisation, station } of state.stations.values())
    if (state.organisations.get(organisation)?.kind === 'outlet') at(organisation, station);
  for (const sighting of sightings)
    if (sighting.place.kind === 'device')
      at(sighting.place.outlet, sighting.place.station).seen.push(sighting);
  return [...sites]
    .filter(([, { outlet }]) => authorize(state, who, 'readHealth', outlet))
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, { outlet, station, seen }]) => ({
      outlet,
      name: state.organisations.get(outlet)?.name ?? '',
      station,
      ...itself(seen.find(isKiosk)),
      devices: devicesOf(seen),
    }));
}

/** The kiosk itself is a place beside its devices. */
const isKiosk = ({ profile }: Sighting) => profile === kiosk.name;

const nameIn = (place: Sighting['place']) => (place.kind === 'device' ? place.device : '');

function itself(sighting: Sighting | undefined): Omit<KioskView, 'outlet' | 'name' | 'station' | 'devices'> {
  if (!sighting) return { state: 'never', power: 'unknown', network: 'down' };
  const { state, since, problem: last, online, status } = sighting;
  const said = (name: string) => (typeof status[name] === 'string' ? { [name]: status[name] } : {});
  return {
    state,
    since,
    ...(last ? { problem: last } : {}),
    // What was true before says nothing of now.
    power: online && typeof status.power === 'string' ? status.power : 'unknown',
    network: online ? String(status.network) : 'down',
    ...said('networkInterface'),
    ...said('version'),
  };
}

/** Those that were heard of, and those that a kiosk only tells of because their drivers don’t run. */
function devicesOf(seen: readonly Sighting[]): DeviceView[] {
  const drivers = seen.find(isKiosk)?.drivers ?? new Map<string, Track>();
  const devices = seen.filter((sighting) => !isKiosk(sighting));
  const known = new Map(devices.map((sighting) => [nameIn(sighting.place), sighting]));
  return [...new Set([...drivers.keys(), ...known.keys()])].sort().map((name) => {
    const driver = drivers.get(name);
    const sighting = known.get(name);
    // A process that does not run explains why its device is not there.
    const isDriverAtFault = driver !== undefined && driver.state !== 'running' && sighting?.online !== true;
    const { state, since } = isDriverAtFault || !sighting ? (driver ?? NOTHING) : sighting;
    const last = latest(driver?.problem, sighting?.problem);
    return {
      name,
      ...(sighting?.profile ? { profile: sighting.profile } : {}),
      state: driver?.state === 'running' && !sighting ? 'starting' : state,
      since,
      ...(last ? { problem: last } : {}),
      status: { ...sighting?.status },
    };
  });
}

const NOTHING: Track = { state: 'offline', since: 0 };

/** The later one; of two at once the one that has a reason. */
function latest(a: Track['problem'], b: Track['problem']): Track['problem'] {
  if (!a || !b) return a ?? b;
  if (a.at === b.at) return a.why === undefined ? b : a;
  return a.at > b.at ? a : b;
}
