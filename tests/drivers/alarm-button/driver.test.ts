import fc from 'fast-check';
import { expect, it } from 'vitest';
import { createAlarmButton } from '../../../drivers/alarm-button/driver.ts';
import { createAlarmButton as emulated } from '../../../simulators/devices/alarm-button/button.ts';
import { bench } from '../kit/bench.ts';

function set(more: Parameters<typeof bench>[2] = {}, button = emulated()) {
  return { button, ...bench(createAlarmButton, button, more) };
}

function online(more?: Parameters<typeof set>[0]) {
  const s = set(more);
  s.open();
  return s;
}

/** The contact rests for long enough. */
function rest(s: ReturnType<typeof set>) {
  while (s.seen.timer === 50) s.tick();
}

it('ALM-001 a press is told only when it is on stable storage', () => {
  const s = online({ held: true });
  s.button.push();
  expect(s.driver.status()).toMatchObject({ press: 0 });
  s.sync();
  expect(s.driver.status()).toMatchObject({ press: 1, acknowledged: 0 });
  expect(s.seen.told.at(-1)).toEqual(s.driver.status());
  // Whatever was told had been written before.
  for (const { press } of s.seen.told) expect(Number(press)).toBeLessThanOrEqual(s.seen.notes.length);
});

it('DEV-06 ALM-001 it is told in every state until it is acknowledged, over restarts', () => {
  const s = online();
  s.seen.platformTime = 1_700_000_000_000;
  s.button.push();
  s.button.letGo();
  rest(s);
  s.cut();
  const told = { press: 1, acknowledged: 0, pressedAt: 1_700_000_000_000 };
  expect(s.driver.status()).toEqual({ device: 'offline', ...told });
  const next = set({ before: s.seen.notes.at(-1) }, s.button);
  expect(next.driver.status()).toEqual({ device: 'starting', ...told });
  next.open();
  expect(next.driver.status()).toEqual({ device: 'online', ...told });
  expect(next.command('k1', { press: 1 })).toEqual({ outcome: 'success', result: { press: 1 } });
  expect(next.driver.status()).toMatchObject({ press: 1, acknowledged: 1 });
  const last = set({ before: next.seen.notes.at(-1) }, s.button);
  expect(last.driver.status()).toMatchObject({ press: 1, acknowledged: 1 });
});

it('the time of a press is told only where platform time is known', () => {
  const s = online();
  s.button.push();
  expect(s.driver.status()).toEqual({ device: 'online', press: 1, acknowledged: 0 });
});

it('ALM-002 what never was pressed can’t be acknowledged, not even while it is being written', () => {
  const s = online({ held: true });
  const refused = { outcome: 'failure', error: { code: 'contract.invalidData', effect: 'none' } };
  expect(s.command('k1', { press: 1 })).toMatchObject(refused);
  s.button.push();
  expect(s.command('k2', { press: 1 })).toMatchObject(refused);
  s.sync();
  expect(s.command('k3', { press: 2 })).toMatchObject(refused);
  s.command('k4', { press: 1 });
  expect(s.end('k4')).toBeUndefined();
  s.sync();
  expect(s.end('k4')).toEqual({ outcome: 'success', result: { press: 1 } });
});

it('a belated acknowledgement takes back no later one, and one that is being written loses no press', () => {
  const s = online({ held: true });
  for (let i = 0; i < 2; i++) {
    s.button.push();
    s.button.letGo();
    rest(s);
  }
  s.sync();
  s.command('k2', { press: 2 });
  s.command('k1', { press: 1 });
  s.button.push();
  s.sync();
  expect(s.driver.status()).toMatchObject({ press: 3, acknowledged: 2 });
  expect(s.end('k1')).toEqual({ outcome: 'success', result: { press: 1 } });
});

it('ALM-003 contacts that bounce count once, at the push and at the letting go', () => {
  const s = online();
  s.button.push(4);
  expect(s.driver.status().press).toBe(1);
  expect(s.seen.timer).toBe(50);
  rest(s);
  s.tick(2);
  s.button.letGo(4);
  rest(s);
  expect(s.driver.status().press).toBe(1);
  s.button.push(1);
  expect(s.driver.status().press).toBe(2);
});

it('ALM-003 however long it is held and however it bounces, presses are pushes', () => {
  const act = fc.record({ bounces: fc.nat({ max: 5 }), polls: fc.nat({ max: 3 }), cut: fc.boolean() });
  fc.assert(
    fc.property(fc.array(act, { maxLength: 20 }), (acts) => {
      const s = online();
      for (const { bounces, polls, cut } of acts) {
        s.button.push(bounces);
        rest(s);
        if (cut) {
          s.cut();
          s.open();
        }
        s.tick(polls);
        s.button.letGo(bounces);
        rest(s);
        s.tick(polls);
      }
      expect(s.driver.status().press).toBe(s.button.pushes());
    }),
  );
});

it('a push while the line is away is learnt by asking, as long as it is held; a held one is no new one after a restart', () => {
  const s = online();
  s.cut();
  s.button.push();
  s.open();
  expect(s.driver.status().press).toBe(1);
  rest(s);
  const next = set({ before: s.seen.notes.at(-1) }, s.button);
  next.open();
  next.tick(4);
  expect(next.driver.status().press).toBe(1);
  s.cut();
  next.button.letGo();
  rest(next);
  next.button.push();
  expect(next.driver.status().press).toBe(2);
});

it('two questions without an answer are a lost line; a new connection is asked again', () => {
  const s = online();
  s.button.mute(true);
  s.tick(3);
  expect(s.seen.reopened).toEqual(['no answer to 2 questions']);
  expect(s.driver.status().device).toBe('offline');
  s.button.mute(false);
  s.open();
  expect(s.driver.status().device).toBe('online');
});

it('it is online only when its adapter has answered', () => {
  const s = set();
  s.button.mute(true);
  s.open();
  expect(s.driver.status().device).toBe('starting');
});

it('noise presses nothing', () => {
  const s = online();
  const quiet = Uint8Array.from({ length: 256 }, (_, byte) => byte).filter((byte) => byte !== 0x50);
  s.driver.bytes(quiet);
  expect(s.driver.status().press).toBe(0);
});
