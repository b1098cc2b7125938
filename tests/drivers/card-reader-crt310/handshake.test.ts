import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ReaderReply, ReaderRequest } from '../../../drivers/card-reader/reader.ts';
import type { Answer, Command } from '../../../drivers/card-reader-crt310/commands.ts';
import { apdu, MOVE_OUT, SERIAL_NUMBER, STATUS, T0 } from '../../../drivers/card-reader-crt310/commands.ts';
import { createParser, frameOf } from '../../../drivers/card-reader-crt310/frame.ts';
import { createHandshake } from '../../../drivers/card-reader-crt310/handshake.ts';
import { createCrt310 } from '../../../drivers/card-reader-crt310/protocol.ts';
import type { Fault } from '../../../simulators/devices/card-reader-crt310/faults.ts';
import { emulateCrt310 } from '../../../simulators/devices/card-reader-crt310/reader.ts';
import type { CpuChip } from '../../../simulators/devices/cards/chip.ts';
import { textOf } from '../card-reader/test-card.ts';

const ACK = '06';
const NAK = '15';
const EOT = '04';
const ENQ = '05';
const bytesOf = (hex: string) => Uint8Array.from(Buffer.from(hex, 'hex'));
const sent = (command: Command) => textOf(frameOf(command.body));
const reply = (...body: number[]) => textOf(frameOf(body));
const SERIAL_REPLY = reply(0x30, 0x3a, 0x59, 0x31);
const NO_CARD = reply(0x31, 0x30, 0x4e, 0x4a, 0x4e);

/** The handshake with the wire and the clock in the test's hand. */
function line() {
  const parser = createParser();
  const written: string[] = [];
  const timer = { ms: undefined as number | undefined };
  const handshake = createHandshake({
    write: (bytes) => void written.push(textOf(bytes)),
    setTimer(ms) {
      timer.ms = ms;
    },
  });
  return {
    timer,
    /** What was written since the last look. */
    written: () => written.splice(0),
    run(command: Command): Answer[] {
      const answers: Answer[] = [];
      handshake.run(command, (answer) => answers.push(answer));
      return answers;
    },
    say: (hex: string) => parser.push(bytesOf(hex)).forEach(handshake.take),
    coming: handshake.coming,
    late: handshake.timer,
    reset: handshake.reset,
  };
}

/** Past the fence that comes before the first command. */
function ready() {
  const l = line();
  const answers = l.run(STATUS);
  l.say(EOT);
  l.say(ACK);
  l.say(SERIAL_REPLY);
  l.say(ACK);
  l.say(NO_CARD);
  expect(answers).toHaveLength(1);
  l.written();
  return l;
}

describe('DEV-02 the handshake', () => {
  it('frame, ACK, ENQ, answer', () => {
    const l = ready();
    const answers = l.run(STATUS);
    expect(l.written()).toEqual([sent(STATUS)]);
    l.say(ACK);
    expect(l.written()).toEqual([ENQ]);
    expect(answers).toEqual([]);
    l.say(NO_CARD);
    expect(answers).toEqual([{ data: Uint8Array.of(0x4e, 0x4a, 0x4e) }]);
    expect([l.written(), l.timer.ms]).toEqual([[], undefined]);
  });

  it('a frame that is not acknowledged is sent again after 300 ms, three times; it is never begun', () => {
    const l = ready();
    const answers = l.run(MOVE_OUT);
    for (let i = 0; i < 4; i++) {
      expect(l.timer.ms).toBe(300);
      l.late();
    }
    expect(l.written()).toEqual(new Array(4).fill(sent(MOVE_OUT)));
    expect(answers).toMatchObject([{ silent: expect.stringContaining('4') }]);
  });

  it('NAK: the frame is sent again at once, three times', () => {
    const l = ready();
    const answers = l.run(MOVE_OUT);
    l.say(NAK + NAK + NAK);
    expect(l.written()).toEqual(new Array(4).fill(sent(MOVE_OUT)));
    l.say(NAK);
    expect(l.written()).toEqual([]);
    expect(answers).toMatchObject([{ silent: expect.stringContaining('4') }]);
  });

  it('after ENQ nothing is sent again: it may have been done', () => {
    const l = ready();
    const answers = l.run(MOVE_OUT);
    l.say(ACK);
    expect(l.timer.ms).toBe(10_000);
    l.say(ACK + NAK);
    l.written();
    l.late();
    expect(answers).toMatchObject([{ silent: expect.stringContaining('10000') }]);
    expect(l.written()).toEqual([]);
  });

  it('a spoilt answer is asked for again by NAK, three times', () => {
    const l = ready();
    const answers = l.run(STATUS);
    l.say(ACK);
    l.written();
    const spoilt = `${NO_CARD.slice(0, -2)}00`;
    for (let i = 0; i < 3; i++) l.say(spoilt);
    expect(l.written()).toEqual([NAK, NAK, NAK]);
    l.say(spoilt);
    expect(l.written()).toEqual([]);
    expect(answers).toMatchObject([{ silent: expect.any(String) }]);
  });

  it('an answer that stops in its middle is asked for again after 300 ms', () => {
    const l = ready();
    const answers = l.run(MOVE_OUT);
    l.say(ACK);
    l.written();
    l.coming();
    expect(l.timer.ms).toBe(300);
    l.late();
    expect(l.written()).toEqual([NAK]);
    expect(l.timer.ms).toBe(10_000);
    l.say(reply(0x32, 0x30, 0x59));
    expect(answers).toEqual([{ data: Uint8Array.of(0x59) }]);
  });

  it('a refusal names the command only', () => {
    const l = ready();
    const answers = l.run(MOVE_OUT);
    l.say(ACK);
    l.say(reply(0x4e, 0x31, 0x02));
    expect(answers).toEqual([]);
    l.say(reply(0x4e, 0x32, 0x06));
    expect(answers).toEqual([{ refused: 6 }]);
  });
});

describe('DEV-02 the fence: an old answer is never taken for a new command’s', () => {
  it('the first command waits behind a cancel and a harmless command', () => {
    const l = line();
    l.run(STATUS);
    expect([l.written(), l.timer.ms]).toEqual([[EOT], 300]);
    l.say(EOT);
    expect(l.written()).toEqual([sent(SERIAL_NUMBER)]);
    l.say(ACK + SERIAL_REPLY);
    expect(l.written()).toEqual([ENQ, sent(STATUS)]);
  });

  it('a reader that confirms no cancel is asked all the same', () => {
    const l = line();
    l.run(STATUS);
    l.written();
    l.late();
    expect(l.written()).toEqual([sent(SERIAL_NUMBER)]);
  });

  it('a late answer to the very same command is dropped before the fence', () => {
    const l = ready();
    const first = l.run(apdu(T0, bytesOf('00B0810002')));
    l.say(ACK);
    l.late();
    expect(first).toMatchObject([{ silent: expect.any(String) }]);
    l.written();
    const late = reply(0x37, 0x31, 0x59, 0x00, 0x02, 0x90, 0x00);
    const second = l.run(apdu(T0, bytesOf('04D6820004')));
    expect(l.written()).toEqual([EOT]);
    l.say(late);
    l.say(EOT + late + ACK + late + SERIAL_REPLY);
    expect(second).toEqual([]);
    l.say(ACK);
    l.say(reply(0x37, 0x31, 0x59, 0x00, 0x02, 0x65, 0x81));
    expect(second).toEqual([{ data: Uint8Array.of(0x59, 0x00, 0x02, 0x65, 0x81) }]);
  });

  it('an answer that comes unasked puts the next command behind the fence', () => {
    const l = ready();
    l.say(NO_CARD);
    l.run(STATUS);
    expect(l.written()).toEqual([EOT]);
  });

  it('so does an answer that came in spite of noise that was taken for it, and was asked for again', () => {
    const l = ready();
    const answers = l.run(STATUS);
    l.say(ACK);
    l.say(`${NO_CARD.slice(0, -2)}00`);
    l.say(NO_CARD);
    expect(answers).toHaveLength(1);
    l.written();
    const next = l.run(STATUS);
    expect(l.written()).toEqual([EOT]);
    l.say(NO_CARD + EOT + ACK + SERIAL_REPLY);
    expect(next).toEqual([]);
  });

  it('so does an answer of another command, which comes before the one that was asked for', () => {
    const l = ready();
    const answers = l.run(STATUS);
    l.say(ACK + SERIAL_REPLY + NO_CARD);
    expect(answers).toHaveLength(1);
    l.written();
    l.run(STATUS);
    expect(l.written()).toEqual([EOT]);
  });

  it('so does a new connection', () => {
    const l = ready();
    l.reset();
    l.run(STATUS);
    expect(l.written()).toEqual([EOT]);
  });
});

/** A chip that answers each command with its own number, and counts how often it was given it. */
function numberedChip() {
  const times = new Map<number, number>();
  const chip: CpuChip = {
    kind: 'cpu',
    powerOn: () => Uint8Array.of(0x3b, 0x00),
    powerOff() {},
    transmit(bytes) {
      const number = bytes[3] ?? 0;
      times.set(number, (times.get(number) ?? 0) + 1);
      return Uint8Array.of(number, 0x90, 0x00);
    },
    tear() {},
  };
  return { chip, times };
}

const aim = { skip: fc.integer({ min: 0, max: 6 }), times: fc.integer({ min: 1, max: 4 }) };
const faults = fc.oneof(
  fc.record({
    fault: fc.constantFrom(
      'noAcknowledge',
      'frameRefused',
      'wrongCheck',
      'wrongEcho',
      'answeredTwice',
      'lateAnswer',
      'merged',
    ),
    ...aim,
  }),
  fc.record({ fault: fc.constant('lostByte'), at: fc.integer({ min: 0, max: 14 }), ...aim }),
  fc.record({ fault: fc.constant('junkBefore'), bytes: fc.array(fc.integer({ min: 0, max: 255 })), ...aim }),
  fc.record({ fault: fc.constant('pieces'), bytes: fc.integer({ min: 1, max: 9 }) }),
) as fc.Arbitrary<Fault>;

it('DEV-02 CRD-008 whatever the wire does, an answer is its own command’s, and no command reaches the card twice', () => {
  const seen = { answers: 0, failures: 0 };
  fc.assert(
    fc.property(fc.array(faults, { minLength: 1, maxLength: 6 }), (injected) => {
      const reader = emulateCrt310();
      const { chip, times } = numberedChip();
      let due: number | undefined;
      let isReady = false;
      let isOpen = false;
      const protocol = createCrt310({
        write: (bytes) => isOpen && reader.input(bytes),
        setTimer(ms) {
          due = ms;
        },
        ready() {
          isReady = true;
        },
        stateChanged() {},
        reopen() {
          isOpen = false;
        },
      });
      reader.attach((bytes) => isOpen && protocol.bytes(bytes));

      function ask(request: ReaderRequest): ReaderReply {
        let got: ReaderReply | undefined;
        protocol.request(request, (answer) => {
          got = answer;
        });
        for (let i = 0; !got && i < 200 && due !== undefined; i++) protocol.timer();
        if (!got) throw new Error('no reply');
        return got;
      }
      function connect(): void {
        for (let tries = 0; !isOpen && tries < 50; tries++) {
          isReady = false;
          isOpen = true;
          protocol.opened();
          for (let i = 0; !isReady && isOpen && i < 200; i++) protocol.timer();
        }
        ask({ do: 'hold' });
        ask({ do: 'powerOn' });
      }

      reader.slot.insert({ name: '卡', chip });
      connect();
      for (const fault of injected) reader.inject(fault);
      for (let number = 0; number < 12; number++) {
        const answer = ask({ do: 'transmit', apdu: Uint8Array.of(0, 0xb0, 0, number, 1) });
        if ('ok' in answer) {
          expect(answer).toEqual({ ok: 'answer', bytes: Uint8Array.of(number, 0x90, 0x00) });
          seen.answers++;
        } else {
          expect(answer.failed.sent || !times.has(number)).toBe(true);
          seen.failures++;
          connect();
        }
        expect(times.get(number) ?? 0).toBeLessThanOrEqual(1);
      }
    }),
    { numRuns: 150 },
  );
  expect(Math.min(seen.answers, seen.failures)).toBeGreaterThan(20);
});
