import { describe, expect, it } from 'vitest';
import { idOf, OFFICE, PHONE, PRINTER, receipt, stage } from '../stage.ts';

const A = idOf('A');

describe('S19', () => {
  function sold() {
    const s = stage('S19');
    s.openDay();
    s.write(s.opened('A'));
    s.write(s.ended('A', 'succeeded'));
    return s;
  }
  const OWN = {
    journalNo: '26112300015',
    fields: { phone: '138****1234' },
    receipt: { number: '261123-0001' },
  };
  const sheet = (lines: string[], place = PRINTER) => ({ place, job: `${A}.p1`, lines, whole: true });

  it('is content with what is the order’s own, at its own outlet', () => {
    const s = sold();
    s.tell('A', 'succeeded', { ...OWN, history: [{ at: s.now(), what: 'succeeded', why: 'CM0000000001' }] });
    s.checker.paper(s.now(), sheet(receipt()));
    // A journal number of another century may look like a phone's.
    s.write(s.bought('P', 100_000, { journalNo: '19112300015' }));
    s.tell('P', 'succeeded', { journalNo: '19112300015' }, OFFICE);
    expect(s.broken()).toBeUndefined();
    expect(s.checked('S19')).toBeGreaterThan(0);
  });

  it.each<[string, object]>([
    ['another order’s id', { history: [{ why: idOf('B') }] }],
    ['another customer’s number', { fields: { phone: '139****9999' } }],
    ['a number in full', { fields: { phone: PHONE } }],
    ['another receipt', { receipt: { number: '261123-0002' } }],
    ['another journal number', { journalNo: '26112300023' }],
  ])('S19 is broken by a screen with %s', (_, more) => {
    const s = sold();
    s.tell('A', 'succeeded', { ...OWN, ...more });
    expect(s.broken()).toMatchObject({ invariant: 'S19', order: A });
    expect(s.broken()?.en).not.toContain(PHONE);
  });

  it('S19 is broken by an outlet that is told of another one’s order, or another order than it asked about', () => {
    const other = sold();
    other.tell('A', 'succeeded', OWN, '51010002');
    expect(other.broken()).toMatchObject({ invariant: 'S19' });
    const swapped = sold();
    swapped.tell('A', 'succeeded', { ...OWN, id: idOf('B') });
    expect(swapped.broken()).toMatchObject({ invariant: 'S19' });
  });

  it.each<[string, string[], string?]>([
    ['a number in full', receipt([], [PHONE])],
    ['another customer’s number', receipt([], ['139****9999'])],
    ['another receipt number', receipt([], ['261123-0002'])],
    ['nothing wrong, at another outlet', receipt(), 'dev.51010002.1.printer'],
  ])('S19 is broken by paper with %s', (_, lines, place) => {
    const s = sold();
    s.checker.paper(s.now(), sheet(lines, place));
    expect(s.broken()).toMatchObject({ invariant: 'S19', order: A });
  });
});
