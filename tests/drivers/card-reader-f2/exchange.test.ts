import { describe, expect, it } from 'vitest';
import { CARD_TYPE, type Command, cardCommand, STATUS } from '../../../drivers/card-reader-f2/commands.ts';
import { createExchange, type Outcome } from '../../../drivers/card-reader-f2/exchange.ts';
import { MODELS, type ModelName } from '../../../drivers/card-reader-f2/models.ts';
import { createEar, frame } from '../../../simulators/devices/card-reader-f2/codec.ts';
import { F2_MODELS } from '../../../simulators/devices/card-reader-f2/models.ts';

const ACK = Uint8Array.of(0x06);
const NAK = Uint8Array.of(0x15);
const EOT = Uint8Array.of(0x04);
const APDU = cardCommand('T=0', Uint8Array.of(0x00, 0x84, 0x00, 0x00, 0x08));

/** The exchange alone: what it sends, by name; the timer and the reader's side are the test's. */
function line(name: ModelName = 'crt-591') {
  const { address } = F2_MODELS[name];
  const ear = createEar(address);
  const sent: string[] = [];
  const outcomes: Outcome[] = [];
  let timer: number | undefined;
  const exchange = createExchange(MODELS[name], {
    write(bytes) {
      for (const heard of ear(bytes)) sent.push(heard.what === 'control' ? String(heard.byte) : heard.what);
    },
    setTimer(ms) {
      timer = ms;
    },
  });
  return {
    sent,
    outcomes,
    timer: () => timer,
    isBusy: exchange.isBusy,
    begin: (command: Command) => exchange.begin(command, (outcome) => outcomes.push(outcome)),
    says: (bytes: Uint8Array) => exchange.bytes(bytes),
    /** A positive answer to the command, with state bytes. */
    answers: ({ text: [cm = 0, pm = 0] }: Command, ...data: number[]) => {
      const state = name === 'crt-591' ? [0x30, 0x30, 0x30] : [0x30, 0x30];
      return frame([0x50, cm, pm, ...state, ...data], address);
    },
    ring: () => exchange.timer(),
    stop: exchange.stop,
  };
}

describe.each(['crt-591', 'crt-288k'] as const)('DEV-02 an exchange with %s', (name) => {
  it('frame, ACK, reply, ACK; then the timer rests', () => {
    const l = line(name);
    l.begin(STATUS);
    expect([l.sent, l.timer()]).toEqual([['command'], 300]);
    l.says(ACK);
    l.says(l.answers(STATUS));
    expect(l.sent).toEqual(['command', '6']);
    expect(l.outcomes).toMatchObject([{ kind: 'done' }]);
    expect([l.isBusy(), l.timer()]).toEqual([false, undefined]);
  });

  it('what may be repeated is sent four times without an ACK, then the line is silent', () => {
    const l = line(name);
    l.begin(CARD_TYPE);
    for (let i = 0; i < 3; i++) l.ring();
    expect(l.sent).toEqual(Array(4).fill('command'));
    expect(l.outcomes).toEqual([]);
    l.ring();
    expect(l.outcomes).toMatchObject([{ kind: 'silent' }]);
  });

  it('CRD-003 a command to a card is never sent again for a missing ACK: the card may have had it', () => {
    const l = line(name);
    l.begin(APDU);
    l.ring();
    expect(l.sent.filter((what) => what === 'command')).toHaveLength(1);
    if (name === 'crt-591') l.ring();
    expect(l.outcomes).toMatchObject([{ kind: 'silent' }]);
  });

  it('a NAK proves that nothing was taken: even a command to a card is sent again', () => {
    const l = line(name);
    l.begin(APDU);
    for (let i = 0; i < 3; i++) l.says(NAK);
    expect(l.sent).toEqual(Array(4).fill('command'));
    l.says(NAK);
    expect(l.outcomes).toMatchObject([{ kind: 'silent' }]);
  });

  it('a spoiled reply is asked for again after a pause, three times', () => {
    const l = line(name);
    l.begin(APDU);
    l.says(ACK);
    const spoiled = l
      .answers(APDU, 0x90, 0x00)
      .map((byte, i, all) => (i === all.length - 1 ? byte ^ 1 : byte));
    for (let i = 0; i < 3; i++) {
      l.says(spoiled);
      expect(l.timer()).toBe(100);
      l.ring();
    }
    expect(l.sent).toEqual(['command', '21', '21', '21']);
    l.says(l.answers(APDU, 0x90, 0x00));
    expect(l.outcomes).toMatchObject([{ kind: 'done', data: Uint8Array.of(0x90, 0x00) }]);
  });

  it('CRD-008 what answers another command, or comes before the ACK, is nobody’s answer', () => {
    const l = line(name);
    l.begin(STATUS);
    l.says(l.answers(STATUS));
    expect(l.outcomes).toEqual([]);
    l.says(ACK);
    l.says(l.answers(CARD_TYPE, 0x31, 0x30));
    expect(l.outcomes).toEqual([]);
    l.says(l.answers(STATUS));
    expect(l.outcomes).toMatchObject([{ kind: 'done' }]);
  });

  it('DEV-02 ACK and reply in one chunk are two events', () => {
    const l = line(name);
    l.begin(STATUS);
    l.says(Uint8Array.from([...ACK, ...l.answers(STATUS)]));
    expect(l.outcomes).toMatchObject([{ kind: 'done' }]);
    expect(l.sent).toEqual(['command', '6']);
  });

  it.each([0x4e, 0x45])('a refusal is one by either letter of the paper, %i', (letter) => {
    const l = line(name);
    l.begin(STATUS);
    l.says(ACK);
    l.says(frame([letter, 0x31, 0x30, 0x31, 0x30], F2_MODELS[name].address));
    expect(l.outcomes).toEqual([{ kind: 'refused', code: '10' }]);
  });

  it('CRD-008 what was half heard before a command is sent again does not swallow its ACK', () => {
    const l = line(name);
    l.begin(STATUS);
    l.says(l.answers(CARD_TYPE).subarray(0, 5));
    l.ring();
    expect(l.sent).toEqual(['command', 'command']);
    l.says(ACK);
    l.says(l.answers(STATUS));
    expect(l.outcomes).toMatchObject([{ kind: 'done' }]);
  });

  it('a line that answers only something else is given up after eight replies', () => {
    const l = line(name);
    l.begin(STATUS);
    l.says(ACK);
    for (let i = 0; i < 7; i++) l.says(l.answers(CARD_TYPE));
    expect(l.outcomes).toEqual([]);
    l.says(l.answers(CARD_TYPE));
    if (name === 'crt-591') l.says(EOT);
    expect(l.outcomes).toMatchObject([{ kind: 'silent', detail: '8 replies to something else' }]);
  });

  it('a frame that has begun and does not go on is asked for again', () => {
    const l = line(name);
    l.begin(STATUS);
    l.says(ACK);
    l.says(l.answers(STATUS).subarray(0, 5));
    expect(l.timer()).toBe(200);
    l.ring();
    l.ring();
    expect(l.sent).toEqual(['command', '21']);
  });

  it('stopped, it says nothing and nobody hears of it any more', () => {
    const l = line(name);
    l.begin(STATUS);
    l.stop();
    l.says(ACK);
    l.says(l.answers(STATUS));
    l.ring();
    expect([l.outcomes, l.sent, l.timer()]).toEqual([[], ['command'], undefined]);
  });
});

it('DEV-02 the serial reader is told to give up what it does not answer, and the HID one is not', () => {
  const serial = line('crt-591');
  serial.begin(STATUS);
  serial.says(ACK);
  serial.ring();
  expect(serial.sent).toEqual(['command', '4']);
  serial.says(EOT);
  expect(serial.outcomes).toMatchObject([{ kind: 'silent' }]);

  const hid = line('crt-288k');
  hid.begin(STATUS);
  hid.says(ACK);
  hid.ring();
  expect(hid.sent).toEqual(['command']);
  expect(hid.outcomes).toMatchObject([{ kind: 'silent' }]);
});
