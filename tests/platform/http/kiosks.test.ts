import { describe, expect, it } from 'vitest';
import { MINUTE } from '../../../contracts/time.ts';
import type { KioskView } from '../../../platform/http/kiosks.ts';
import { AREA, FOREIGN_OUTLET, OTHER_AREA, OTHER_OUTLET } from '../../support/memory-platform.ts';
import { OFFICE, OUTLET, PRINTER, START } from '../../support/small-platform.ts';
import { httpOver, signedIn } from './client.ts';

const at = (device: string, outlet = OUTLET) => ({ kind: 'device', outlet, station: '1', device }) as const;

async function centre() {
  const { app, platform } = await httpOver();
  const ask = await signedIn(app, AREA, 'administrator');
  const kiosks = async () => (await ask('GET', '/api/kiosks')).body.kiosks as KioskView[];
  return {
    app,
    platform,
    ask,
    kiosks,
    kiosk: async () => (await kiosks()).find(({ outlet }) => outlet === OUTLET),
  };
}

const STATUS = {
  power: 'mains',
  network: 'up',
  networkInterface: 'eth0',
  version: '0.1.0',
  drivers: {
    printer: { phase: 'running' },
    sign: { phase: 'misconfigured', why: '«characters» is missing' },
  },
};

describe('GET /api/kiosks', () => {
  it('DEV-07 shows each kiosk’s devices with state, since when and last problem, its power and its network', async () => {
    const { platform, kiosk } = await centre();
    platform.online(at('kiosk'), 'kiosk', true, STATUS);
    platform.advance(MINUTE);
    platform.online(PRINTER, 'printer', true, { device: 'userError', paper: 'out', cover: 'closed' });
    platform.advance(MINUTE);
    platform.online(PRINTER, 'printer', true, { device: 'online', paper: 'full', cover: 'closed' });
    expect(await kiosk()).toEqual({
      outlet: OUTLET,
      name: '春熙路报刊亭',
      station: '1',
      state: 'online',
      since: START,
      power: 'mains',
      network: 'up',
      networkInterface: 'eth0',
      version: '0.1.0',
      devices: [
        {
          name: 'printer',
          profile: 'printer',
          state: 'online',
          since: START + 2 * MINUTE,
          problem: { at: START + MINUTE, state: 'userError' },
          status: { device: 'online', paper: 'full', cover: 'closed' },
        },
        {
          name: 'sign',
          state: 'misconfigured',
          since: START,
          problem: { at: START, state: 'misconfigured', why: '«characters» is missing' },
          status: {},
        },
      ],
    });
  });

  it('DEV-07 a kiosk that is gone is there, and nothing is said of now that was true before', async () => {
    const { platform, kiosk } = await centre();
    platform.online(at('kiosk'), 'kiosk', true, STATUS);
    platform.advance(MINUTE);
    platform.online(at('kiosk'), 'kiosk', false);
    platform.online(PRINTER, 'printer', false);
    const gone = await kiosk();
    expect(gone).toMatchObject({
      state: 'offline',
      since: START + MINUTE,
      power: 'unknown',
      network: 'down',
    });
    expect(gone).not.toHaveProperty('networkInterface');
    expect(gone?.devices).toContainEqual(
      expect.objectContaining({ name: 'printer', state: 'offline', status: {} }),
    );
  });

  it('an outlet’s station that was never heard of is there too, by outlet; an office only when it has a device', async () => {
    const { platform, kiosks } = await centre();
    const shown = async () => (await kiosks()).map(({ outlet, state }) => [outlet, state]);
    expect(await shown()).toEqual([
      [OUTLET, 'never'],
      [OTHER_OUTLET, 'never'],
    ]);
    platform.online(at('printer', OFFICE), 'printer');
    expect((await shown()).map(([outlet]) => outlet)).toEqual([OUTLET, OTHER_OUTLET, OFFICE]);
  });

  it('ACC-03 an administrator sees what is below them and nothing else; nobody else may look', async () => {
    const { app, platform, kiosks } = await centre();
    platform.online(at('kiosk'), 'kiosk', true, STATUS);
    platform.online(at('kiosk', FOREIGN_OUTLET), 'kiosk', true, STATUS);
    expect((await kiosks()).map(({ outlet }) => outlet)).toEqual([OUTLET, OTHER_OUTLET]);
    const other = await signedIn(app, OTHER_AREA, 'administrator');
    const { body } = await other('GET', '/api/kiosks');
    expect(body.kiosks.map(({ outlet }: KioskView) => outlet)).toEqual([FOREIGN_OUTLET]);
    expect(JSON.stringify(body)).not.toContain(OUTLET);
    for (const [organisation, role] of [
      [OUTLET, 'teller'],
      [OUTLET, 'supervisor'],
      [OFFICE, 'clerk'],
    ] as const) {
      const ask = await signedIn(app, organisation, role);
      const { status, body: refused } = await ask('GET', '/api/kiosks');
      expect([role, status, refused.code]).toEqual([role, 403, 'platform.forbidden']);
    }
    expect((await app.inject({ method: 'GET', url: '/api/kiosks' })).statusCode).toBe(401);
  });
});
