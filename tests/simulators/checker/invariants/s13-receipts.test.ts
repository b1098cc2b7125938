import { describe, expect, it } from 'vitest';
import { idOf, job, PRINTER, receipt, stage } from '../stage.ts';

const A = idOf('A');

describe('S13', () => {
  function sold() {
    const s = stage('S13');
    s.openDay();
    s.write(s.opened('A'));
    s.write(s.ended('A', 'succeeded'), job('A'));
    return s;
  }
  type Stage = ReturnType<typeof sold>;
  const paper = (s: Stage, no: number, lines: string[], whole = true) =>
    s.checker.paper(s.now(), { place: PRINTER, job: `${A}.p${no}`, lines, whole });

  it('is content with numbers without a gap, one original and marked copies', () => {
    const s = sold();
    paper(s, 1, receipt());
    s.write(job('A', 2));
    paper(s, 2, receipt(['** 补打 第1次 COPY 1 **']));
    s.write(s.opened('B'), s.ended('B', 'succeeded', { order: idOf('B'), receiptNo: '261123-0002' }));
    s.write({ type: 'dayOpened', businessDate: '2026-11-24' });
    s.write(s.opened('C'), s.ended('C', 'succeeded', { receiptNo: '261124-0001' }));
    s.write(s.opened('D', { outlet: '51010002' }), s.ended('D', 'succeeded', { receiptNo: '261124-0001' }));
    s.write(s.opened('E'), s.ended('E', 'failed'));
    expect(s.broken()).toBeUndefined();
    expect(s.checked('S13')).toBeGreaterThan(0);
  });

  it.each([
    ['a gap', '261123-0003'],
    ['a repeat', '261123-0001'],
    ['another day', '261124-0002'],
    ['no number', ''],
  ])('S13 is broken by a success with %s', (_, receiptNo) => {
    const s = sold();
    s.write(s.opened('B'));
    s.write(s.ended('B', 'succeeded', { receiptNo }));
    expect(s.broken()).toMatchObject({ invariant: 'S13', order: idOf('B') });
  });

  it('S13 is broken by a failure with a receipt number, and by a purchase of credit without one', () => {
    const s = sold();
    s.write(s.opened('B'), s.ended('B', 'failed', { receiptNo: '261123-0002' }));
    expect(s.broken()).toMatchObject({ invariant: 'S13' });
    const p = sold();
    p.write(p.bought('P', 100_000, { receipt: { number: '' } }));
    expect(p.broken()).toMatchObject({ invariant: 'S13' });
  });

  it('S13 is broken by two sheets without the copy mark, also where one is torn off', () => {
    const s = sold();
    paper(s, 1, receipt().slice(0, 5), false);
    paper(s, 2, receipt());
    expect(s.broken()).toMatchObject({ invariant: 'S13', order: A });
  });

  it('S13 is broken by two copies of one number, and by two sheets of one job', () => {
    const copies = sold();
    paper(copies, 2, receipt(['COPY 1']));
    paper(copies, 3, receipt(['COPY 1']));
    expect(copies.broken()).toMatchObject({ invariant: 'S13' });
    const job = sold();
    paper(job, 1, receipt().slice(0, 2), false);
    paper(job, 1, receipt());
    expect(job.broken()).toMatchObject({ invariant: 'S13' });
  });

  it('takes a sheet that was cut in its heading, or is blank, for neither', () => {
    const s = sold();
    paper(s, 1, receipt().slice(0, 2), false);
    paper(s, 2, [], false);
    paper(s, 3, receipt());
    expect(s.broken()).toBeUndefined();
  });

  it.each([
    ['another amount', receipt().map((line) => line.replace('50.00', '500.00'))],
    ['another journal number', receipt().map((line) => line.replace('26112300015', '26112300023'))],
    ['another receipt number', receipt().map((line) => line.replace('-0001', '-0002'))],
  ])('S13 is broken by a sheet with %s', (_, lines) => {
    const s = sold();
    paper(s, 1, lines);
    expect(s.broken()).toMatchObject({ invariant: 'S13' });
  });

  it('S13 is broken by a receipt of an order that has not succeeded', () => {
    const s = stage('S13');
    s.openDay();
    s.write(s.opened('A'));
    paper(s, 1, receipt());
    expect(s.broken()).toMatchObject({ invariant: 'S13' });
  });

  it('S13 is broken by a sheet that does not say that the order was voided before it was asked for', () => {
    const s = sold();
    s.write({ type: 'orderVoided', order: A, by: idOf('V') }, job('A', 2, 1, { voided: true }));
    paper(s, 2, receipt(['COPY 1']));
    expect(s.broken()).toMatchObject({ invariant: 'S13' });
  });
});
