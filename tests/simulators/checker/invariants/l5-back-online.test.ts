import { describe, expect, it } from 'vitest';
import { CARRIER, OUTLET, PRINTER, stage } from '../stage.ts';

const printer = { kind: 'device', outlet: OUTLET, station: '1', device: 'printer' } as const;
const carrier = { kind: 'counterpart', counterpart: 'china-mobile', instance: '1' } as const;
const MINUTE = 60_000;

describe('L5', () => {
  function world(connected = [PRINTER, CARRIER]) {
    const s = stage('L5');
    for (const place of [PRINTER, CARRIER, 'dev.51010002.1.printer'])
      s.checker.online(s.now(), place, connected.includes(place));
    s.openDay();
    s.checker.healed(s.now(), [OUTLET]);
    return s;
  }
  type Stage = ReturnType<typeof world>;
  const arrives = (s: Stage, place: typeof printer | typeof carrier) =>
    s.write({ type: 'cameOnline', place, epoch: 'e1' });

  function later(s: Stage): void {
    s.pass(2 * MINUTE + 1);
    s.checker.quiet(s.now(), s.image());
  }

  it('is content where everybody that must work is back, and the dead stay dead', () => {
    const s = world();
    arrives(s, printer);
    arrives(s, carrier);
    later(s);
    expect(s.broken()).toBeUndefined();
    expect(s.checked('L5')).toBe(2);
  });

  it('waits two minutes, and as long after a late recovery', () => {
    const s = world([]);
    s.pass(2 * MINUTE);
    s.quiet();
    s.restart();
    s.pass(2 * MINUTE);
    s.checker.end(s.now());
    expect(s.broken()).toBeUndefined();
  });

  it('L5 is broken by a place that does not come back', () => {
    const s = world([CARRIER]);
    arrives(s, carrier);
    later(s);
    expect(s.broken()).toMatchObject({ invariant: 'L5' });
    expect(s.broken()?.en).toContain(PRINTER);
  });

  it('L5 is broken by a platform that takes a connected place for offline', () => {
    const s = world();
    arrives(s, printer);
    arrives(s, carrier);
    s.write({ type: 'wentOffline', place: carrier, epoch: 'e1' });
    s.pass(2 * MINUTE + 1);
    s.checker.end(s.now());
    expect(s.broken()).toMatchObject({ invariant: 'L5' });
  });
});
