import { describe, expect, it } from 'vitest';
import type { ReaderReply, ReaderRequest } from '../../../drivers/card-reader/reader.ts';
import { type Answer, answerTo, STATUS, T0, T1 } from '../../../drivers/card-reader-crt310/commands.ts';
import { mediaOf } from '../../../drivers/card-reader-crt310/media.ts';
import { createRequests } from '../../../drivers/card-reader-crt310/requests.ts';
import { textOf } from '../card-reader/test-card.ts';

const data = (...bytes: number[]): Answer => ({ data: Uint8Array.from(bytes) });
const typed = (text: string) => data(...Buffer.from(text));
const DONE = data(0x59);

/** Requests whose commands are answered from a list; answers the bodies of the commands that were given. */
function played() {
  const requests = createRequests();
  return {
    forget: requests.forget,
    ask(request: ReaderRequest, ...answers: Answer[]): { reply: ReaderReply; given: string[] } {
      const given: string[] = [];
      const sequence = requests.carryOut(request);
      let step = sequence.next();
      for (const answer of answers) {
        if (step.done) throw new Error('it was over before all answers were used');
        given.push(textOf(Uint8Array.from(step.value.body)));
        step = sequence.next(answer);
      }
      if (!step.done) throw new Error(`it asks for more: ${textOf(Uint8Array.from(step.value.body))}`);
      return { reply: step.value, given };
    },
  };
}

const powerOn = { do: 'powerOn' } as const;
const transmit = (length = 5) => ({ do: 'transmit', apdu: new Uint8Array(length) }) as const;
const failed = (why: string, sent: boolean) => ({ failed: { why, sent } });

/** A processor that has been reset. */
function reset(protocol: typeof T0 | typeof T1 = T0) {
  const p = played();
  const type = protocol === T0 ? '10' : '11';
  const { reply } = p.ask(powerOn, DONE, typed(type), data(protocol, 0, 2, 0x3b, 0));
  expect(reply).toEqual({ ok: 'reset', chip: 'cpu', answerToReset: Uint8Array.of(0x3b, 0) });
  return p;
}

describe('DEV-02 what CRT-310 is asked for, and what its answers say', () => {
  it.each([
    ['no card', data(0x45), failed('noCard', false)],
    ['not on the contacts', data(0x57), failed('noCard', false)],
    ['an abnormal card', { refused: 6 }, failed('jammed', false)],
    ['its voltage', { refused: 5 }, failed('hardware', false)],
    ['its supply', { refused: 7 }, failed('hardware', false)],
    ['it can’t', { refused: 2 }, failed('refused', false)],
    ['silence', { silent: 'nothing' }, failed('silent', true)],
    ['a status of no meaning', data(0x33), failed('hardware', true)],
    ['no status at all', data(), failed('hardware', true)],
  ])('power on: %s', (_, answer, reply) => {
    expect(played().ask(powerOn, answer as Answer).reply).toMatchObject(reply);
  });

  it.each([
    ['N0', failed('noCard', false)],
    ['N2', failed('noCard', false)],
    ['20', { ok: 'reset', chip: 'unknown', answerToReset: new Uint8Array() }],
    ['00', { ok: 'reset', chip: 'unknown' }],
    ['x', failed('hardware', true)],
  ])('a card of type %s', (type, reply) => {
    expect(played().ask(powerOn, DONE, typed(type)).reply).toMatchObject(reply);
  });

  it('a card that it does not know is reset all the same: only that tells', () => {
    expect(played().ask(powerOn, DONE, typed('N1'), data(0x4e)).reply).toMatchObject(failed('mute', true));
    expect(played().ask(powerOn, DONE, typed('N1'), data(T0, 0, 2, 0x3b, 0)).reply).toMatchObject({
      chip: 'cpu',
    });
  });

  it('an answer to reset, or from a card, of another length than it says is none', () => {
    expect(played().ask(powerOn, DONE, typed('10'), data(T0, 0, 3, 0x3b, 0)).reply).toMatchObject(
      failed('hardware', true),
    );
    expect(reset().ask(transmit(), data(0x59, 0, 3, 0x90, 0)).reply).toMatchObject(failed('hardware', true));
    expect(reset().ask(transmit(), data(0x59)).reply).toMatchObject(failed('hardware', true));
  });

  it('commands to a card go by its own protocol, with their length', () => {
    const answer = data(0x59, 0, 2, 0x90, 0);
    const { reply, given } = reset(T0).ask(transmit(), answer);
    expect([reply, given]).toEqual([{ ok: 'answer', bytes: Uint8Array.of(0x90, 0) }, ['373100050000000000']]);
    expect(reset(T1).ask(transmit(), answer).given).toEqual(['373200050000000000']);
  });

  it('whatever comes back instead of an answer, the command may have reached the card', () => {
    for (const answer of [data(0x45), data(0x4e), { refused: 2 }, { silent: 'x' }] as Answer[])
      expect(reset().ask(transmit(), answer).reply).toMatchObject({ failed: { sent: true } });
  });

  it.each([
    ['before a reset', () => played()],
    [
      'after its power is off',
      () => {
        const p = reset();
        p.ask({ do: 'powerOff' }, DONE);
        return p;
      },
    ],
    [
      'after it was given back',
      () => {
        const p = reset();
        p.ask({ do: 'eject' }, DONE);
        return p;
      },
    ],
    [
      'after its power was lost',
      () => {
        const p = reset();
        p.forget();
        return p;
      },
    ],
    [
      'after a reset that failed',
      () => {
        const p = reset();
        p.ask(powerOn, data(0x45));
        return p;
      },
    ],
  ])('nothing is said to a card %s', (_, prepared) => {
    expect(prepared().ask(transmit())).toMatchObject({ reply: failed('refused', false), given: [] });
    expect(prepared().ask({ do: 'readMemory' })).toMatchObject({
      reply: failed('refused', false),
      given: [],
    });
  });

  it('a command that is too long is not sent', () => {
    expect(reset().ask(transmit(263))).toMatchObject({ reply: failed('refused', false), given: [] });
    expect(reset().ask(transmit(262), data(0x59, 0, 2, 0x90, 0)).reply).toMatchObject({ ok: 'answer' });
  });

  it('a memory card is read in two halves, and each has to be the one that was asked for', () => {
    const memory = () => {
      const p = played();
      const { reply } = p.ask(powerOn, DONE, typed('30'), data(0x59, 0xa2, 0x13, 0x10, 0x91));
      expect(reply).toMatchObject({ chip: 'sle4442', answerToReset: Uint8Array.of(0xa2, 0x13, 0x10, 0x91) });
      return p;
    };
    const half = (from: number, length = 128, named = length) =>
      data(0x59, from, named, ...new Array(length).fill(from));
    const whole = memory().ask({ do: 'readMemory' }, half(0), half(128));
    expect(whole.given).toEqual(['38310080', '38318080']);
    expect(whole.reply).toEqual({
      ok: 'memory',
      bytes: Uint8Array.from({ length: 256 }, (_, i) => (i < 128 ? 0 : 128)),
    });
    for (const wrong of [half(128), half(0, 127), half(0, 128, 127), half(0, 127, 128)])
      expect(memory().ask({ do: 'readMemory' }, wrong).reply).toMatchObject(failed('hardware', true));
    expect(memory().ask({ do: 'readMemory' }, half(0), data(0x45)).reply).toMatchObject(
      failed('noCard', false),
    );
  });

  it('a move that is not done is a jam, but for a card that is not there', () => {
    const move = (answer: Answer) => played().ask({ do: 'hold' }, answer).reply;
    expect(move(DONE)).toEqual({ ok: 'done' });
    expect(move(data(0x4e))).toMatchObject(failed('jammed', true));
    expect(move(data(0x45))).toMatchObject(failed('noCard', false));
    expect(move({ refused: 6 })).toMatchObject(failed('jammed', false));
  });
});

describe('CRD-007 what the status says of the card', () => {
  it.each([
    [0x46, 'jammed'],
    [0x47, 'jammed'],
    [0x48, 'present'],
    [0x49, 'present'],
    [0x4a, 'present'],
    [0x4b, 'present'],
    [0x4c, 'present'],
    [0x4d, 'notPresent'],
    [0x4e, 'notPresent'],
    [0x59, 'unknown'],
  ])('%i: %s', (place, media) => {
    expect(mediaOf(data(place, 0x4a, 0x4a))).toBe(media);
  });

  it('a refusal and silence say nothing, but for an abnormal card', () => {
    expect([
      mediaOf({ refused: 6 }),
      mediaOf({ refused: 2 }),
      mediaOf({ silent: 'x' }),
      mediaOf(data()),
    ]).toEqual(['jammed', 'unknown', 'unknown', 'unknown']);
  });
});

it('DEV-02 an answer is the command’s own, or its refusal; nothing else', () => {
  const answer = (...body: number[]) => answerTo(STATUS, Uint8Array.from(body));
  expect(answer(0x31, 0x30, 0x4e)).toEqual({ data: Uint8Array.of(0x4e) });
  expect(answer(0x4e, 0x31, 0x02)).toEqual({ refused: 2 });
  for (const body of [
    [0x31, 0x31, 0x4e],
    [0x4e, 0x32, 2],
    [0x4e, 0x31],
    [0x4e, 0x31, 2, 2],
    [0x32, 0x30],
  ])
    expect(answer(...body)).toBeUndefined();
});
