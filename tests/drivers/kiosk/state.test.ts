import { describe, expect, it } from 'vitest';
import { kiosk } from '../../../contracts/devices/kiosk.ts';
import { checkOf } from '../../../contracts/operation.ts';
import { MINUTE } from '../../../contracts/time.ts';
import { createKioskState } from '../../../drivers/kiosk/state.ts';

function told() {
  const changes: Record<string, unknown>[] = [];
  const state = createKioskState('1.2.3', () => {
    const status = state.status();
    expect(checkOf(kiosk.status)(status)).toBeUndefined();
    changes.push(status);
  });
  return { state, changes };
}

describe('what a kiosk says of itself', () => {
  it('KSK-001 tells each driver’s phase, and why one is misconfigured, no longer than the contract takes', () => {
    const { state, changes } = told();
    state.driver('printer', 'running');
    state.driver('sign', 'misconfigured', 'x'.repeat(1_000));
    state.driver('sign', 'misconfigured', 'x'.repeat(1_000));
    expect(changes).toHaveLength(2);
    expect(state.status()).toMatchObject({
      version: '1.2.3',
      drivers: { printer: { phase: 'running' }, sign: { phase: 'misconfigured', why: 'x'.repeat(300) } },
    });
  });

  it('KSK-002 tells power and interface when they change, and that there is none any more', () => {
    const { state, changes } = told();
    expect(state.status()).toMatchObject({ power: 'unknown' });
    state.machine({ power: 'mains', networkInterface: 'eth0' });
    state.machine({ power: 'mains', networkInterface: 'eth0' });
    state.machine({ power: 'battery', networkInterface: undefined });
    expect(changes).toHaveLength(2);
    expect(changes[0]).toMatchObject({ power: 'mains', networkInterface: 'eth0' });
    expect(changes[1]).not.toHaveProperty('networkInterface');
  });

  it('KSK-003 after a lost connection the network is unstable for ten minutes; the first one proves nothing against it', () => {
    const { state, changes } = told();
    state.line(true, 0);
    expect(state.status()).toMatchObject({ network: 'up' });
    state.line(false, 1_000);
    // What the next birth says.
    state.line(true, 2_000);
    expect(state.status()).toMatchObject({ network: 'unstable' });
    state.time(1_000 + 10 * MINUTE - 1);
    expect(state.status()).toMatchObject({ network: 'unstable' });
    state.time(1_000 + 10 * MINUTE);
    expect(changes.map(({ network }) => network)).toEqual(['unstable', 'up']);
  });
});
