import { describe, expect, it } from 'vitest';
import { idOf, OUTLET, stage } from '../stage.ts';

const A = idOf('A');
const MINUTE = 60_000;

describe('L2', () => {
  function ended() {
    const s = stage('L2');
    s.openDay();
    s.intend('A');
    s.write(s.opened('A'));
    s.checker.healed(s.now(), [OUTLET]);
    s.write(s.ended('A', 'succeeded'));
    return s;
  }

  it('is content with an end that is told in time', () => {
    const s = ended();
    s.pass(4 * MINUTE);
    s.tell('A', 'succeeded');
    s.pass(10 * MINUTE);
    s.checker.end(s.now());
    expect(s.broken()).toBeUndefined();
    expect(s.checked('L2')).toBeGreaterThan(0);
  });

  it('L2 is broken by a command that is never answered', () => {
    const s = ended();
    s.checker.end(s.now());
    expect(s.broken()).toMatchObject({ invariant: 'L2', order: A });
  });

  it('L2 is broken by an end that is told late, or never', () => {
    const late = ended();
    late.tell('A', 'processing');
    late.pass(6 * MINUTE);
    late.tell('A', 'succeeded');
    late.checker.end(late.now());
    expect(late.broken()).toMatchObject({ invariant: 'L2' });
    const never = ended();
    never.tell('A', 'processing');
    never.pass(6 * MINUTE);
    never.checker.end(never.now());
    expect(never.broken()).toMatchObject({ invariant: 'L2' });
  });

  it('L2 is broken by an answer that is none of the states', () => {
    const s = ended();
    s.tell('A', 'oops');
    s.checker.end(s.now());
    expect(s.broken()).toMatchObject({ invariant: 'L2' });
  });

  it('counts the first time that an end was told, and no refusal of another question', () => {
    const s = ended();
    s.tell('A', 'processing');
    s.tell('A', 'refused');
    s.tell('A', 'succeeded');
    s.pass(10 * MINUTE);
    s.tell('A', 'succeeded');
    s.tell('A', 'refused');
    s.checker.end(s.now());
    expect(s.broken()).toBeUndefined();
  });

  it('waits for an end that has just been written, and asks nothing before the healing', () => {
    const just = ended();
    just.tell('A', 'processing');
    just.pass(5 * MINUTE - 1);
    just.checker.end(just.now());
    expect(just.broken()).toBeUndefined();
    const unhealed = stage('L2');
    unhealed.openDay();
    unhealed.intend('A');
    unhealed.checker.end(unhealed.now());
    expect(unhealed.broken()).toBeUndefined();
  });

  it('asks nothing of an outlet that stays dead', () => {
    const s = stage('L2');
    s.openDay();
    s.intend('A');
    s.checker.healed(s.now(), ['51010002']);
    s.pass(10 * MINUTE);
    s.checker.end(s.now());
    expect(s.broken()).toBeUndefined();
  });
});
