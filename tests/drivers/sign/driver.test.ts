import fc from 'fast-check';
import { expect, it } from 'vitest';
import { createSign } from '../../../drivers/sign/driver.ts';
import { createLedSign, SIGN_FAULTS } from '../../../simulators/devices/sign/sign.ts';
import { bench } from '../kit/bench.ts';

function set() {
  const sign = createLedSign({ characters: 8 });
  return { sign, ...bench((host) => createSign(host, { characters: 8 }), sign) };
}

function online() {
  const s = set();
  s.open();
  expect(s.driver.status()).toEqual({ device: 'online', text: '' });
  return s;
}

const ACKNOWLEDGED = { outcome: 'success', result: { proof: 'acknowledged' } };

it('speaks the bytes that its folder describes', () => {
  const s = online();
  s.seen.sent.length = 0;
  s.command('k1', { text: '停A' });
  // The third sending of this life: number 33.
  const body = [0x33, 0x54, 0xcd, 0xa3, 0x41, 0x03];
  expect(s.seen.sent).toEqual([[0x02, ...body, body.reduce((all, byte) => all ^ byte, 0)]]);
  expect(s.sign.text()).toBe('停A');
});

it('DEV-05 SGN-001 status tells what the sign was last told, and each end is its acknowledgement', () => {
  const s = online();
  expect(s.command('k1', { text: '今日停电' })).toEqual(ACKNOWLEDGED);
  expect(s.driver.status()).toEqual({ device: 'online', text: '今日停电' });
  expect(s.command('k2', { text: '' })).toEqual(ACKNOWLEDGED);
  expect(s.driver.status()).toEqual({ device: 'online', text: '' });
  expect(s.seen.told.at(-1)).toEqual(s.driver.status());
});

it('SGN-001 after a lost line or a restart it is dark, and told to be, until the centre sends again', () => {
  const s = online();
  s.command('k1', { text: '旧闻' });
  s.cut();
  expect(s.driver.status()).toEqual({ device: 'offline', text: '' });
  expect(s.sign.text()).toBe('旧闻');
  s.open();
  expect(s.driver.status()).toEqual({ device: 'online', text: '' });
  expect(s.sign.text()).toBe('');
  s.command('k2', { text: '旧闻' });
  const restarted = bench((host) => createSign(host, { characters: 8 }), s.sign);
  restarted.open();
  expect([s.sign.text(), restarted.driver.status().text]).toEqual(['', '']);
});

it('SGN-002 what the sign can’t show is 〓, and the rest is shown', () => {
  const s = online();
  s.command('k1', { text: '喆a\u001b😀龘éb' });
  expect(s.sign.text()).toBe('〓a〓〓〓éb');
  expect(s.driver.status().text).toBe(s.sign.text());
});

it('SGN-002 whatever is asked for, what is shown is as long, and no byte of it steers the line', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 8 }), (text) => {
      const s = online();
      if (Array.from(text).length > 8) return;
      expect(s.command('k1', { text })).toEqual(ACKNOWLEDGED);
      expect(Array.from(s.sign.text())).toHaveLength(Array.from(text).length);
      expect(s.sign.text()).toBe(s.driver.status().text);
    }),
  );
});

it('a text that does not fit is refused whole', () => {
  const s = online();
  expect(s.command('k1', { text: '123456789' })).toMatchObject({
    outcome: 'failure',
    error: { code: 'contract.invalidData', effect: 'none' },
  });
  expect(s.sign.shown).toEqual(['']);
});

it('it is online only when it has answered twice, and refuses before', () => {
  const s = set();
  expect(s.driver.status().device).toBe('starting');
  s.sign.fault('noAnswer', 2);
  s.open();
  expect(s.command('k1', { text: 'a' })).toMatchObject({ error: { code: 'device.offline' } });
  s.tick(2);
  expect(s.driver.status().device).toBe('online');
  expect(s.seen.reopened).toEqual([]);
});

it('an idle sign is asked every two seconds; one that falls silent is offline after two, reopened after three', () => {
  const s = online();
  expect(s.seen.timer).toBe(2_000);
  s.sign.fault('deaf', 3);
  s.tick(2);
  expect(s.driver.status().device).toBe('online');
  s.tick();
  expect(s.driver.status().device).toBe('offline');
  expect(s.seen.reopened).toEqual([]);
  s.tick();
  expect(s.seen.reopened).toEqual(['no answer to 3 requests']);
  s.open();
  expect(s.driver.status()).toEqual({ device: 'online', text: '' });
});

it.each(SIGN_FAULTS)('%s once, and the text is shown all the same', (name) => {
  const s = online();
  s.sign.fault(name, 1);
  s.command('k1', { text: '通知' });
  if (!s.end('k1')) s.tick();
  expect(s.end('k1')).toEqual(ACKNOWLEDGED);
  expect(s.sign.text()).toBe('通知');
  expect(s.sign.struck(name)).toBe(1);
});

it.each(SIGN_FAULTS)('%s for good, and the end claims no more than was seen', (name) => {
  const s = online();
  s.sign.fault(name, 100);
  s.command('k1', { text: '通知' });
  while (!s.end('k1')) s.tick();
  const shown = s.sign.shown.includes('通知');
  if (name === 'noise') expect(s.end('k1')).toEqual(ACKNOWLEDGED);
  else if (name === 'refuses')
    expect(s.end('k1')).toMatchObject({
      outcome: 'failure',
      error: { code: 'device.hardwareError', effect: 'none' },
    });
  else
    expect(s.end('k1')).toMatchObject({
      outcome: 'unknown',
      error: { code: 'device.offline', effect: 'unknown' },
    });
  expect(shown).toBe(name !== 'refuses' && name !== 'deaf');
  s.sign.fault(name, 0);
  s.open();
  expect(s.command('k2', { text: '再来' })).toEqual(ACKNOWLEDGED);
});

it('OPR-005 one that waited past its deadline is not shown', () => {
  const s = online();
  s.sign.fault('noAnswer', 1);
  s.command('k1', { text: '一' });
  let late = false;
  s.command('k2', { text: '二' }, { late: () => late });
  s.command('k3', { text: '三' });
  late = true;
  s.tick();
  expect(s.end('k2')).toMatchObject({ outcome: 'failure', error: { code: 'contract.expired' } });
  expect(s.sign.shown).toEqual(['', '一', '一', '三']);
  expect(s.end('k3')).toEqual(ACKNOWLEDGED);
});

it('no more than four wait, and a lost line ends each by what is known of it', () => {
  const s = online();
  s.sign.fault('deaf', 100);
  for (const key of ['k1', 'k2', 'k3', 'k4', 'k5', 'k6']) s.command(key, { text: key });
  expect(s.end('k6')).toMatchObject({ outcome: 'failure', error: { code: 'device.busy' } });
  s.cut();
  expect(s.end('k1')).toMatchObject({ outcome: 'unknown' });
  for (const key of ['k2', 'k3', 'k4', 'k5'])
    expect(s.end(key)).toMatchObject({
      outcome: 'failure',
      error: { code: 'device.offline', effect: 'none' },
    });
});
