import { expect, test } from 'vitest';
import { SECOND } from '../../../../contracts/time.ts';
import type { Place } from '../../../../contracts/topics.ts';
import { OUTLET, smallPlatform } from '../../../support/small-platform.ts';

const BUTTON: Place = { kind: 'device', outlet: OUTLET, station: '1', device: 'alarm' };

/** A platform, and what its button tells it: so many presses, so many of them acknowledged. */
function counter() {
  const platform = smallPlatform();
  return {
    platform,
    tells: (press: number, acknowledged: number, more: object = {}) =>
      platform.feed({
        kind: 'presence',
        change: {
          place: BUTTON,
          online: true,
          epoch: 'epoch-1',
          profile: 'alarm-button',
          status: { device: 'online', press, acknowledged, ...more },
          capabilities: {},
        },
      }),
    alerts: () => platform.state.alerts.map(({ code, about }) => `${code} ${about}`),
    sent: () => platform.published().filter(({ type }) => type === 'yizhan.alarm-button.acknowledge'),
  };
}

const PRESSED = `alert.alarmPressed ${OUTLET}/1`;

test('DEV-06 a press alerts the administrators on the record, and only then is the button told', () => {
  const c = counter();
  const { records, effects } = c.tells(1, 0);
  expect(records.map(({ type }) => type)).toEqual(['cameOnline', 'alertRaised']);
  expect(effects.map(({ kind }) => kind)).toEqual(['alert', 'publish']);
  expect(c.alerts()).toEqual([PRESSED]);
  expect(c.sent()).toMatchObject([{ topic: 'yz/1/dev/51010001/1/alarm/req', data: { press: 1 } }]);
});

test('DEV-06 told again it alerts nobody twice, and the acknowledgement is repeated under its key', () => {
  const c = counter();
  c.tells(1, 0);
  c.platform.advance(10 * SECOND);
  c.tells(1, 0, { pressedAt: 1 });
  expect(c.alerts()).toEqual([PRESSED]);
  const [first, second] = c.sent();
  expect(second?.key).toBe(first?.key);
  expect(second?.id).not.toBe(first?.id);
});

test('DEV-06 the next press is another alert; what is acknowledged, or never was pressed, is none', () => {
  const c = counter();
  c.tells(0, 0);
  expect(c.alerts()).toEqual([]);
  c.tells(1, 0);
  c.tells(1, 1);
  c.tells(3, 1);
  expect(c.alerts()).toEqual([PRESSED, PRESSED]);
  expect(c.sent().map(({ data }) => data)).toEqual([{ press: 1 }, { press: 3 }]);
});

test('DEV-06 a status that is none of a button’s moves nothing', () => {
  const c = counter();
  c.tells(1, 0, { press: 'often' });
  expect([c.alerts(), c.sent()]).toEqual([[], []]);
});
