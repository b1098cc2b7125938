import { describe, expect, it } from 'vitest';
import { cardStage } from '../card-stage.ts';
import { idOf } from '../stage.ts';

/** An order whose card was read and whose files were sealed. */
function sealed() {
  const s = cardStage('S21');
  s.opens('A');
  s.reads('A', 1, 'C1');
  s.seals('A', 1, 'C1', 'A1');
  return s;
}

type Stage = ReturnType<typeof sealed>;

describe('S21', () => {
  it('is content with one write for each reading, sealed for it', () => {
    const s = sealed();
    s.writes('A', 1);
    s.reads('A', 2, 'C2');
    s.seals('A', 2, 'C2', 'A2');
    s.writes('A', 2, { challenge: 'C2', authorization: 'A2' });
    expect(s.broken()).toBeUndefined();
    expect(s.checked('S21')).toBe(2);
  });

  it('takes a write that leaves a second time for one, and a reading that was answered twice', () => {
    const s = sealed();
    s.writes('A', 1);
    s.writes('A', 1);
    s.says('dev.51010001.1.reader', 'card-reader.read.completed', 'A', `${idOf('A')}.r1`, {
      outcome: 'success',
      result: { challenge: 'C9' },
    });
    s.writes('A', 1);
    expect(s.broken()).toBeUndefined();
  });

  it.each<[string, (s: Stage) => void]>([
    ['what nobody has sealed', (s) => s.writes('A', 1, { authorization: 'A7' })],
    ['another challenge than it was sealed for', (s) => s.writes('A', 1, { challenge: 'C7' })],
    ['another card than it was sealed for', (s) => s.writes('A', 1, { serial: '0051010000000002' })],
    ['another order’s seal', (s) => s.writes('B', 1)],
    [
      'the seal of an earlier session',
      (s) => {
        s.reads('A', 2, 'C2');
        s.writes('A', 2);
      },
    ],
    [
      'one seal twice',
      (s) => {
        s.writes('A', 1);
        s.writes('A', 2);
      },
    ],
  ])('S21 is broken by a write with %s', (_, happens) => {
    const s = sealed();
    happens(s);
    expect(s.broken()).toMatchObject({ invariant: 'S21' });
  });
});
