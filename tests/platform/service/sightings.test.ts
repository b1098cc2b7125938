import { expect, it } from 'vitest';
import type { Place } from '../../../contracts/topics.ts';
import { createSightings } from '../../../platform/service/sightings.ts';

const place = (device: string): Place => ({ kind: 'device', outlet: '51010001', station: '1', device });

function seen() {
  const sightings = createSightings();
  const note = (device: string, at: number, status: object, online = true) =>
    sightings.note(
      { place: place(device), online, epoch: 'e', profile: 'printer', status, capabilities: {} },
      at,
    );
  const of = (device: string) =>
    sightings.all().find((each) => each.place.kind === 'device' && each.place.device === device);
  return { note, of };
}

it('DEV-07 since when a device is as it is, and its last problem stays when it is well again', () => {
  const { note, of } = seen();
  note('printer', 1, { device: 'starting', paper: 'unknown' });
  note('printer', 2, { device: 'online', paper: 'full' });
  note('printer', 3, { device: 'online', paper: 'low' });
  expect(of('printer')).toMatchObject({ state: 'online', since: 2, status: { paper: 'low' } });
  expect(of('printer')).not.toHaveProperty('problem');
  note('printer', 4, { device: 'userError', paper: 'out' });
  note('printer', 5, { device: 'online', paper: 'full' });
  expect(of('printer')).toMatchObject({ state: 'online', since: 5, problem: { at: 4, state: 'userError' } });
});

it('one that is gone is kept, without what was true before', () => {
  const { note, of } = seen();
  note('printer', 1, { device: 'online', paper: 'full' });
  note('printer', 2, { device: 'online', paper: 'full' }, false);
  expect(of('printer')).toMatchObject({
    online: false,
    state: 'offline',
    since: 2,
    status: {},
    problem: { at: 2, state: 'offline' },
  });
});

it('KSK-001 of a kiosk’s drivers it keeps why and since when, and forgets those that are no longer told', () => {
  const { note, of } = seen();
  const drivers = (printer: object) => ({ power: 'mains', drivers: { printer } });
  note('kiosk', 1, drivers({ phase: 'misconfigured', why: 'model' }));
  note('kiosk', 2, drivers({ phase: 'misconfigured', why: 'port' }));
  expect(of('kiosk')?.drivers.get('printer')).toEqual({
    state: 'misconfigured',
    since: 1,
    problem: { at: 1, state: 'misconfigured', why: 'port' },
  });
  note('kiosk', 3, drivers({ phase: 'running' }));
  expect(of('kiosk')?.drivers.get('printer')).toMatchObject({
    state: 'running',
    since: 3,
    problem: { at: 1 },
  });
  // A death says nothing of them.
  note('kiosk', 4, {}, false);
  expect(of('kiosk')?.drivers.get('printer')).toMatchObject({ state: 'running' });
  note('kiosk', 5, { power: 'mains', drivers: {} });
  expect(of('kiosk')?.drivers.size).toBe(0);
});
