import { describe, expect, it } from 'vitest';
import type { Envelope } from '../../../contracts/envelope.ts';
import type { Place } from '../../../contracts/topics.ts';
import { createQuestions } from '../../../platform/service/questions.ts';

const READER: Place = { kind: 'device', outlet: '51010001', station: '1', device: 'reader' };
const NAME = 'dev.51010001.1.reader';
const TYPES = { request: 'yizhan.card-reader.release', completed: 'yizhan.card-reader.release.completed' };

function asking() {
  const sent: Envelope[] = [];
  const due: (() => void)[] = [];
  const clock = {
    now: () => 1_000,
    at: (_time: number, act: () => void) => {
      due.push(act);
      return () => void due.splice(due.indexOf(act), 1);
    },
  };
  const questions = createQuestions(clock, (_, envelope) => sent.push(envelope));
  const answer = (envelope: Envelope, source = NAME) =>
    questions.answered(READER, {
      id: 'a',
      source,
      type: TYPES.completed,
      time: 1_001,
      causation: envelope.id,
      data: { outcome: 'success', result: {} },
    });
  return { sent, due, questions, answer };
}

describe('what a place is asked for a person who waits', () => {
  it('a question has neither key nor deadline; a command has both, a new key each time (OPR-005)', () => {
    const { sent, questions } = asking();
    void questions.ask(READER, TYPES, {}, 5_000);
    void questions.ask(READER, TYPES, {}, 5_000, 'command');
    void questions.ask(READER, TYPES, {}, 5_000, 'command');
    expect(sent[0]).not.toHaveProperty('key');
    expect(sent[0]).not.toHaveProperty('expiry');
    expect(sent[1]).toMatchObject({ key: sent[1]?.id, expiry: 6_000, attempt: 1 });
    expect(sent[2]?.key).not.toBe(sent[1]?.key);
  });

  it('only the place that was asked may answer, once; without an answer it ends', async () => {
    const { sent, due, questions, answer } = asking();
    const answered = questions.ask(READER, TYPES, {}, 5_000, 'command');
    const [asked] = sent as [Envelope];
    expect(answer(asked, 'dev.51010001.2.reader')).toBe(false);
    expect(answer(asked)).toBe(true);
    expect(await answered).toMatchObject({ outcome: 'success' });
    expect(answer(asked)).toBe(false);
    const silent = questions.ask(READER, TYPES, {}, 5_000);
    due.at(-1)?.();
    expect(await silent).toBeUndefined();
  });
});
