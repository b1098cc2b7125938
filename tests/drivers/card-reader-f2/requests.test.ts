import { describe, expect, it } from 'vitest';
import type { ReaderRequest } from '../../../drivers/card-reader/reader.ts';
import type { Reply } from '../../../drivers/card-reader-f2/commands.ts';
import { MODELS } from '../../../drivers/card-reader-f2/models.ts';
import { carryOut, type Power } from '../../../drivers/card-reader-f2/requests.ts';
import { MODEL_NAMES } from './bench.ts';

const done = (...data: number[]): Reply => ({
  kind: 'done',
  state: Uint8Array.of(0x32, 0x32, 0x30),
  data: Uint8Array.from(data),
});

describe.each(MODEL_NAMES)('DEV-02 %s: what the reader is told', (name) => {
  /** Carries a request out with these replies; the commands that were given, and the result. */
  function play(request: ReaderRequest, power: Power, ...replies: Reply[]) {
    const steps = carryOut(request, MODELS[name], power);
    const told: number[][] = [];
    let step = steps.next();
    for (const reply of replies) {
      if (step.done) break;
      told.push([...step.value.text]);
      step = steps.next(reply);
    }
    return { told, result: step.done ? step.value : undefined };
  }

  it.each([
    ['T=0', 0x30, 0x33],
    ['T=1', 0x31, 0x34],
  ] as const)('a processor of %s is spoken to by its own command', (chip, type, parameter) => {
    const power: Power = { chip: undefined };
    expect(play({ do: 'powerOn' }, power, done(type, 0x3b, 0x00)).result).toMatchObject({ chip: 'cpu' });
    expect(power.chip).toBe(chip);
    const apdu = Uint8Array.of(0x00, 0x84, 0x00, 0x00, 0x08);
    expect(play({ do: 'transmit', apdu }, power, done(0x90, 0x00)).told).toEqual([
      [0x51, parameter, ...apdu],
    ]);
  });

  it.each([
    ['with a status word that is none of success', [...Array<number>(128).fill(0xff), 0x6f, 0x00]],
    ['that is too short', [0xff, 0x90, 0x00]],
  ])('half a memory %s is no memory', (_, second) => {
    const first = done(...Array<number>(128).fill(0xff), 0x90, 0x00);
    const { told, result } = play({ do: 'readMemory' }, { chip: 'sle4442' }, first, done(...second));
    expect(told).toHaveLength(2);
    expect(result).toMatchObject({ failed: { why: 'mute', sent: true } });
  });
});
