import { describe, expect, it } from 'vitest';
import { idOf, job, PRINTER, stage } from '../stage.ts';

const A = idOf('A');

describe('S9', () => {
  function opened() {
    const s = stage('S9');
    s.openDay();
    s.write(s.opened('A'));
    return s;
  }
  type Stage = ReturnType<typeof opened>;

  const FACTS: [string, (s: Stage) => Parameters<Stage['write']>[0]][] = [
    ['accepted', () => ({ type: 'legMoved', order: A, leg: 1, stage: 'accepted' })],
    ['not found', () => ({ type: 'legNotFound', order: A, leg: 1, inquiry: 1 })],
    ['ended', (s) => s.ended('A', 'failed')],
    ['case', () => ({ type: 'caseOpened', order: A, case: { kind: 'lateSuccess', evidence: 'CM1' } })],
    ['print', () => job('A')],
    ['voided', () => ({ type: 'orderVoided', order: A, by: idOf('V') })],
  ];

  it('is content with each fact once, and one message for each', () => {
    const s = opened();
    s.perform('A');
    for (const [, fact] of FACTS) s.write(fact(s));
    s.send(PRINTER, 'printer.print', `${A}.p1.1`, A, {}, `${A}.p1`);
    s.write({ type: 'legNotFound', order: A, leg: 1, inquiry: 2 });
    s.write({ type: 'caseOpened', order: A, case: { kind: 'lateSuccess', evidence: 'CM2' } });
    expect(s.broken()).toBeUndefined();
    expect(s.checked('S9')).toBeGreaterThan(0);
  });

  it.each(FACTS)('S9 is broken by «%s» twice', (_, fact) => {
    const s = opened();
    s.write(fact(s));
    expect(s.broken()).toBeUndefined();
    s.write(fact(s));
    expect(s.broken()).toMatchObject({ invariant: 'S9', order: A });
  });

  it('S9 is broken by an order that is opened twice', () => {
    const s = opened();
    s.write(s.opened('A'));
    expect(s.broken()).toMatchObject({ invariant: 'S9' });
  });

  it('S9 is broken by a request that leaves twice, and by a sheet that is sent without being written down again', () => {
    const s = opened();
    s.perform('A');
    s.perform('A');
    expect(s.broken()).toMatchObject({ invariant: 'S9' });
    const p = opened();
    p.write(job('A'));
    for (let i = 1; i <= 2; i++) p.send(PRINTER, 'printer.print', `${A}.p1.${i}`, A, {}, `${A}.p1`);
    expect(p.broken()).toMatchObject({ invariant: 'S9' });
  });

  it('lets a job be sent again that was written down as sent again', () => {
    const s = opened();
    s.write(job('A'));
    s.send(PRINTER, 'printer.print', `${A}.p1.1`, A, {}, `${A}.p1`);
    s.write({ type: 'printMoved', order: A, job: 1, state: 'sent', device: 'printer' });
    s.send(PRINTER, 'printer.print', `${A}.p1.2`, A, {}, `${A}.p1`);
    expect(s.broken()).toBeUndefined();
  });
});
