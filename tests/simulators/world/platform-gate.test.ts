import { beforeEach, describe, expect, it } from 'vitest';
import { createGate, type Gate } from '../../../simulators/world/platform-gate.ts';
import { type VirtualTime, virtualTime } from '../../../simulators/world/virtual-time.ts';

let time: VirtualTime;
let gate: Gate;
let entered: string[];

const enter = (name: string) => gate.enter(() => entered.push(name));
const pass = (ms: number) => time.run(() => false, ms);

beforeEach(() => {
  time = virtualTime(0);
  gate = createGate(time);
  entered = [];
});

describe('the way into the platform’s process', () => {
  it('nobody is there before it is open, and after it is closed', () => {
    expect(enter('before')).toBe(false);
    gate.open();
    expect(enter('open')).toBe(true);
    gate.close();
    expect(enter('after')).toBe(false);
    expect(entered).toEqual(['open']);
  });

  it('PLT-PAUSE what comes while it is paused waits, in order, until the longest pause is over', () => {
    gate.open();
    gate.pause(100);
    gate.pause(50);
    expect([enter('a'), enter('b')]).toEqual([true, true]);
    pass(99);
    expect([entered, gate.isPaused]).toEqual([[], true]);
    pass(1);
    expect([entered, gate.isPaused]).toEqual([['a', 'b'], false]);
  });

  it('PLT-CRASH what waits dies with the process, and no pause outlives it', () => {
    gate.open();
    gate.pause(100);
    enter('of the dead');
    gate.close();
    gate.open();
    expect(gate.isPaused).toBe(false);
    enter('of the next');
    gate.pause(200);
    enter('later');
    pass(150);
    expect(entered).toEqual(['of the next']);
    pass(50);
    expect(entered).toEqual(['of the next', 'later']);
  });

  it('PLT-CRASH one of those that waited ends the process: the rest never enter', () => {
    gate.open();
    gate.pause(10);
    enter('a');
    gate.enter(() => gate.close());
    enter('c');
    pass(10);
    expect(entered).toEqual(['a']);
  });
});
