import { expect, it } from 'vitest';
import { createAlarmButton } from '../../../../simulators/devices/alarm-button/button.ts';

it('says each move of its contact, bounces and all, and how it is when it is asked', () => {
  const button = createAlarmButton();
  const said: string[] = [];
  const part = button.attach((bytes) => said.push(Buffer.from(bytes).toString()));
  button.input(Buffer.from('?'));
  button.push(2);
  button.push();
  button.input(Buffer.from('?'));
  button.letGo();
  expect(said.join('')).toBe('RPRPRPPR');
  expect(button.pushes()).toBe(1);
  part();
  button.push();
  expect(said).toHaveLength(8);
});

it('a mute one says nothing', () => {
  const button = createAlarmButton();
  const said: unknown[] = [];
  button.attach((bytes) => said.push(bytes));
  button.mute(true);
  button.push();
  button.input(Buffer.from('?'));
  expect(said).toEqual([]);
});
