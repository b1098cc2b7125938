import { describe, expect, it } from 'vitest';
import { CARRIER, idOf, job, stage } from '../stage.ts';

const A = idOf('A');

describe('L3', () => {
  function opened() {
    const s = stage('L3');
    s.openDay();
    s.write(s.opened('A'));
    return s;
  }
  type Stage = ReturnType<typeof opened>;
  const times = (n: number, act: (i: number) => void) => {
    for (let i = 1; i <= n; i++) act(i);
  };
  const inquire = (s: Stage, i: number, order = A) =>
    s.send(CARRIER, 'carrier.inquire', `${order}.1.i${i}`, order, {});

  it('is content with a ladder of a day', () => {
    const s = opened();
    times(60, (i) => {
      s.pass(60_000);
      s.write({ type: 'legInquired', order: A, leg: 1, sent: true });
      inquire(s, i);
    });
    expect(s.broken()).toBeUndefined();
    expect(s.checked('L3')).toBeGreaterThan(0);
  });

  it('is content with requests of any number, and inquiries that are spread over time', () => {
    const s = opened();
    times(500, (i) => s.perform(`S${i}`));
    times(300, (i) => {
      s.pass(10);
      inquire(s, 1, idOf(`S${i}`));
    });
    expect(s.broken()).toBeUndefined();
  });

  it('L3 is broken by an order that is inquired for ever, also where nothing is written down', () => {
    const s = opened();
    times(121, () => s.write({ type: 'legInquired', order: A, leg: 1, sent: true }));
    expect(s.broken()).toMatchObject({ invariant: 'L3', order: A });
    const unwritten = opened();
    times(121, (i) => {
      unwritten.pass(1_000);
      inquire(unwritten, i);
    });
    expect(unwritten.broken()).toMatchObject({ invariant: 'L3' });
  });

  it('L3 is broken by an order with records without end', () => {
    const s = opened();
    times(400, () => s.write({ type: 'legNotFound', order: A, leg: 1, inquiry: 1 }));
    expect(s.broken()).toMatchObject({ invariant: 'L3', order: A });
  });

  it('L3 is broken by an alert that is raised again and again', () => {
    const s = opened();
    times(9, () => s.write({ type: 'alertRaised', code: 'alert.outcomeOverdue', order: A, about: '' }));
    expect(s.broken()).toMatchObject({ invariant: 'L3', order: A });
  });

  it('L3 is broken by a sheet that is asked about, or sent, again and again', () => {
    const asked = opened();
    asked.write(job('A'));
    times(21, () => asked.write({ type: 'printMoved', order: A, job: 1, state: 'sent', asked: true }));
    expect(asked.broken()).toMatchObject({ invariant: 'L3' });
    const sent = opened();
    sent.write(job('A'));
    times(20, () => sent.write({ type: 'printMoved', order: A, job: 1, state: 'sent', device: 'printer' }));
    expect(sent.broken()).toMatchObject({ invariant: 'L3' });
  });

  it('L3 is broken by a storm of inquiries', () => {
    const s = opened();
    times(201, (i) => inquire(s, 1, idOf(`S${i}`)));
    expect(s.broken()).toMatchObject({ invariant: 'L3' });
  });
});
