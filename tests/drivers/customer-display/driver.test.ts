import fc from 'fast-check';
import { expect, it } from 'vitest';
import { createCustomerDisplay } from '../../../drivers/customer-display/driver.ts';
import { createCustomerDisplay as emulated } from '../../../simulators/devices/customer-display/display.ts';
import { bench } from '../kit/bench.ts';

function set({ digits = 8, labels = true } = {}) {
  const display = emulated({ digits });
  return { display, ...bench((host) => createCustomerDisplay(host, { digits, labels }), display) };
}

function online(more?: Parameters<typeof set>[0]) {
  const s = set(more);
  s.open();
  s.seen.sent.length = 0;
  return s;
}

it('speaks the bytes of the LED display', () => {
  const s = online();
  s.command('k1', { amountFen: 123_456, label: 'total' });
  expect(s.seen.sent).toEqual([[0x0c, 0x1b, 0x73, 0x32, 0x1b, 0x51, 0x41, ...Buffer.from('1234.56'), 0x0d]]);
  expect(s.display.face()).toEqual({ text: '1234.56', lamp: 'total' });
});

it('success says that it was sent, and proves nothing more', () => {
  expect(online().command('k1', { amountFen: 1 })).toEqual({ outcome: 'success', result: { proof: 'none' } });
});

it('shows every label by its lamp, and clears both', () => {
  const s = online();
  for (const label of ['price', 'total', 'received', 'change'] as const) {
    s.command(label, { amountFen: 5, label });
    expect(s.display.face()).toEqual({ text: '0.05', lamp: label });
  }
  s.command('plain', { amountFen: 6 });
  expect(s.display.face()).toEqual({ text: '0.06', lamp: 'none' });
  s.command('clear', {});
  expect(s.display.face()).toEqual({ text: '', lamp: 'none' });
});

it('DSP-001 what has too many digits is refused, and what was shown stays', () => {
  const s = online({ digits: 4 });
  s.command('k1', { amountFen: 9_999, label: 'price' });
  expect(s.command('k2', { amountFen: 10_000, label: 'total' })).toMatchObject({
    outcome: 'failure',
    error: { code: 'contract.invalidData', effect: 'none', detail: '100.00 does not fit 4 digits' },
  });
  expect(s.display.face()).toEqual({ text: '99.99', lamp: 'price' });
});

it('DSP-001 every amount is shown whole or not at all', () => {
  const amount = fc.integer({ min: 0, max: 99_999_999 });
  fc.assert(
    fc.property(amount, fc.integer({ min: 4, max: 8 }), (amountFen, digits) => {
      const s = online({ digits });
      const { outcome } = s.command('k1', { amountFen }) ?? {};
      expect(outcome === 'success').toBe(amountFen < 10 ** digits);
      const { text } = s.display.face();
      if (outcome === 'success') expect(Math.round(Number(text) * 100)).toBe(amountFen);
      else expect(text).toBe('');
      if (text) expect(text).toMatch(/^(0|[1-9]\d*)\.\d\d$/);
    }),
  );
});

it('DSP-002 it is cleared before anything is shown, after a restart and after a lost line', () => {
  const display = emulated();
  display.input(Uint8Array.of(0x1b, 0x73, 0x32, 0x1b, 0x51, 0x41, 0x39, 0x0d));
  expect(display.face()).toEqual({ text: '9', lamp: 'total' });
  const s = bench((host) => createCustomerDisplay(host, { digits: 8, labels: true }), display);
  s.open();
  expect(display.face()).toEqual({ text: '', lamp: 'none' });
  s.command('k1', { amountFen: 700, label: 'received' });
  s.cut();
  expect(display.face().text).toBe('7.00');
  s.open();
  expect(display.face()).toEqual({ text: '', lamp: 'none' });
  s.command('k2', { amountFen: 800 });
  const texts = display.seen.map(({ text }) => text);
  expect(texts.filter((text, i) => text !== texts[i - 1])).toEqual(['', '9', '', '7.00', '', '8.00']);
});

it('never does a new label stand beside an old amount', () => {
  const s = online();
  s.command('k1', { amountFen: 1_000, label: 'total' });
  s.command('k2', { amountFen: 2_000, label: 'change' });
  const faces = s.display.seen.map(({ text, lamp }) => `${text} ${lamp}`);
  expect(faces).not.toContain('10.00 change');
  expect(faces).not.toContain('20.00 total');
});

it('without a line it is offline and refuses; the host’s next connection brings it back', () => {
  const s = set();
  const refused = { outcome: 'failure', error: { code: 'device.offline', effect: 'none' } };
  expect(s.command('k1', {})).toMatchObject(refused);
  s.open();
  s.cut();
  expect(s.command('k2', {})).toMatchObject(refused);
  s.open();
  expect(s.seen.told.map(({ device }) => device)).toEqual(['starting', 'online', 'offline', 'online']);
});

it('something is written every few seconds, so that a dead line is noticed, and nothing of it is seen', () => {
  for (const labels of [true, false]) {
    const s = online({ labels });
    s.command('k1', { amountFen: 4_200, label: 'change' });
    const faces = s.display.seen.length;
    s.seen.sent.length = 0;
    expect(s.seen.timer).toBe(5_000);
    s.tick(3);
    expect(s.seen.timer).toBe(5_000);
    expect(s.seen.sent).toHaveLength(3);
    expect(s.display.seen).toHaveLength(faces);
    expect(s.display.face()).toEqual({ text: '42.00', lamp: labels ? 'change' : 'none' });
  }
});
