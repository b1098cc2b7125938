import { describe, expect, it } from 'vitest';
import { idOf, OUTLET, stage } from '../stage.ts';

const MINUTE = 60_000;

describe('L8', () => {
  function healed() {
    const s = stage('L8');
    s.openDay();
    s.intend('OLD');
    s.checker.healed(s.now(), [OUTLET]);
    s.intend('A');
    s.intend('DEAD', { outlet: '51010002' });
    s.write(s.opened('A'));
    return s;
  }

  it('is content where what is sold after the healing ends soon, though others never do', () => {
    const s = healed();
    s.pass(MINUTE);
    s.write(s.ended('A', 'succeeded'));
    s.pass(10 * MINUTE);
    s.checker.end(s.now());
    expect(s.broken()).toBeUndefined();
    expect(s.checked('L8')).toBe(1);
  });

  it('L8 is broken by a working outlet’s order that does not end, or ends late', () => {
    const never = healed();
    never.pass(2 * MINUTE + 1);
    never.quiet();
    expect(never.broken()).toMatchObject({ invariant: 'L8', order: idOf('A') });
    const late = healed();
    late.pass(3 * MINUTE);
    late.write(late.ended('A', 'succeeded'));
    late.checker.end(late.now());
    expect(late.broken()).toMatchObject({ invariant: 'L8' });
  });

  it('takes a refusal for an end', () => {
    const s = healed();
    s.tell('A', 'refused');
    s.pass(10 * MINUTE);
    s.checker.end(s.now());
    expect(s.broken()).toBeUndefined();
  });
});
