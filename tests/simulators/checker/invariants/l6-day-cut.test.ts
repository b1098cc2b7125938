import { describe, expect, it } from 'vitest';
import { stage } from '../stage.ts';

const HOUR = 3_600_000;
const CUT = 13 * HOUR;

describe('L6', () => {
  function open() {
    const s = stage('L6');
    s.openDay();
    return s;
  }
  type Stage = ReturnType<typeof open>;
  const look = (s: Stage) => s.quiet();

  it('is content with a cut within a minute of 21:00', () => {
    const s = open();
    s.pass(CUT - 1);
    look(s);
    s.pass(60_000);
    look(s);
    s.write({ type: 'dayOpened', businessDate: '2026-11-24' });
    s.pass(HOUR);
    look(s);
    expect(s.broken()).toBeUndefined();
    expect(s.checked('L6')).toBeGreaterThan(0);
  });

  it('L6 is broken by a day that is still open a minute later', () => {
    const s = open();
    s.pass(CUT + 60_001);
    look(s);
    expect(s.broken()).toMatchObject({ invariant: 'L6' });
  });

  it('gives a platform that was down, paused, or whose clock was set, a minute from then', () => {
    const down = open();
    down.checker.crashed(down.now());
    down.pass(CUT + HOUR);
    look(down);
    down.checker.recovered(down.now(), down.image());
    down.pass(60_000);
    look(down);
    expect(down.broken()).toBeUndefined();
    down.pass(2_000);
    look(down);
    expect(down.broken()).toMatchObject({ invariant: 'L6' });
    const paused = open();
    paused.pass(CUT - 1_000);
    paused.checker.paused(paused.now(), 300_000);
    paused.pass(300_000);
    look(paused);
    expect(paused.broken()).toBeUndefined();
    const set = open();
    set.checker.clock(set.now(), set.now() + CUT + HOUR);
    set.pass(60_000);
    look(set);
    expect(set.broken()).toBeUndefined();
    set.pass(2_000);
    look(set);
    expect(set.broken()).toMatchObject({ invariant: 'L6' });
  });
});
