import { describe, expect, it } from 'vitest';
import { CARRIER, idOf, job, PRINTER, stage } from '../stage.ts';

const A = idOf('A');

describe('S6', () => {
  function opened() {
    const s = stage('S6');
    s.openDay();
    s.write(s.opened('A'));
    return s;
  }

  it('is content with what leaves after its record', () => {
    const s = opened();
    s.perform('A');
    s.tell('A', 'processing');
    s.write({ type: 'legInquired', order: A, leg: 1, sent: true });
    s.send(CARRIER, 'carrier.inquire', `${A}.1.i1`, A, { originalKey: `${A}.1` });
    s.write(s.ended('A', 'succeeded'), job('A'));
    s.send(PRINTER, 'printer.print', `${A}.p1.1`, A, {}, `${A}.p1`);
    s.write({ type: 'printMoved', order: A, job: 1, state: 'sent', asked: true });
    s.send(PRINTER, 'printer.inquire', `${A}.p1.q1`, A, { originalKey: `${A}.p1` });
    // What was on its way when the order ended is told late, and was so.
    s.tell('A', 'processing');
    s.tell('A', 'succeeded');
    s.tell('B', 'refused');
    s.send(CARRIER, 'carrier.applyForReversal', 'x', A, {});
    expect(s.broken()).toBeUndefined();
    expect(s.checked('S6')).toBe(7);
  });

  it('S6 is broken by a request before its order is on the disk', () => {
    const s = stage('S6');
    s.openDay();
    s.perform('A');
    expect(s.broken()).toMatchObject({ invariant: 'S6', order: A });
  });

  it('S6 is broken by an inquiry with a number that was not written down', () => {
    const s = opened();
    s.write({ type: 'legInquired', order: A, leg: 1, sent: true });
    s.send(CARRIER, 'carrier.inquire', `${A}.1.i2`, A, {});
    expect(s.broken()).toMatchObject({ invariant: 'S6' });
  });

  it('S6 is broken by a sheet, or a question about it, before its record', () => {
    const sheet = opened();
    sheet.send(PRINTER, 'printer.print', `${A}.p1.1`, A, {}, `${A}.p1`);
    expect(sheet.broken()).toMatchObject({ invariant: 'S6' });
    const waiting = opened();
    waiting.write(job('A', 1, 0, { state: 'waiting' }));
    waiting.send(PRINTER, 'printer.print', `${A}.p1.1`, A, {}, `${A}.p1`);
    expect(waiting.broken()).toMatchObject({ invariant: 'S6' });
    const question = opened();
    question.write(job('A'));
    question.send(PRINTER, 'printer.inquire', `${A}.p1.q1`, A, {});
    expect(question.broken()).toMatchObject({ invariant: 'S6' });
  });

  it('S6 is broken by a state that is told before it is on the disk, or is not so any more', () => {
    const early = opened();
    early.tell('A', 'succeeded');
    expect(early.broken()).toMatchObject({ invariant: 'S6' });
    const none = stage('S6');
    none.tell('A', 'processing');
    expect(none.broken()).toMatchObject({ invariant: 'S6' });
  });
});
