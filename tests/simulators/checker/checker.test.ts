import { describe, expect, it } from 'vitest';
import { INVARIANT_IDS } from '../../../simulators/checker/invariant.ts';
import { cardStage, FEN } from './card-stage.ts';
import { CARRIER, idOf, job, OUTLET, PHONE, PRINTER, receipt, stage } from './stage.ts';

const A = idOf('A');
const carrier = { kind: 'counterpart', counterpart: 'china-mobile', instance: '1' } as const;
const printer = { kind: 'device', outlet: OUTLET, station: '1', device: 'printer' } as const;

/** One day in which nothing goes wrong, and a restart; a meter card is sold to as well. */
function goodDay() {
  const s = cardStage();
  const { checker } = s;
  const come = () =>
    s.write(
      { type: 'cameOnline', place: carrier, epoch: 'e' },
      { type: 'cameOnline', place: printer, epoch: 'e' },
      { type: 'cameOnline', place: { ...carrier, counterpart: 'state-grid' }, epoch: 'e' },
      { type: 'cameOnline', place: { ...printer, device: 'reader' }, epoch: 'e' },
    );
  for (const place of [CARRIER, PRINTER]) checker.online(s.now(), place, true);
  come();
  s.intend('P', { do: 'credit', fen: 100_000, account: '' });
  s.write(s.bought('P'));
  s.tell('P', 'succeeded', { amountFen: 100_000 });
  s.intend('V', { do: 'void', of: idOf('P'), account: '' });
  s.tell('V', 'refused');
  const sell = (name: string, receiptNo: string) => {
    const id = idOf(name);
    s.intend(name);
    checker.cash(s.now(), id, 5_000);
    s.write(s.opened(name));
    s.perform(name);
    s.tell(name, 'processing');
    s.reply(name, 'perform.accepted', {});
    s.write({ type: 'legMoved', order: id, leg: 1, stage: 'accepted' });
    checker.carrier(s.now(), `${id}.1`, 'charged', PHONE, 5_000);
    s.quiet();
    return () => {
      s.succeeds(name);
      s.write(s.ended(name, 'succeeded', { receiptNo }), job(name));
      s.send(PRINTER, 'printer.print', `${id}.p1.1`, id, {}, `${id}.p1`);
      s.tell(name, 'succeeded');
      const lines = receipt().map((line) => line.replace('261123-0001', receiptNo));
      checker.paper(s.now(), { place: PRINTER, job: `${id}.p1`, lines, whole: true });
      s.write({ type: 'printMoved', order: id, job: 1, state: 'printed' });
      s.quiet();
    };
  };
  const end = sell('A', '261123-0002');
  s.restart();
  s.write({ type: 'started', epoch: 'e2' });
  come();
  s.write({ type: 'legInquired', order: A, leg: 1, sent: true });
  s.send(CARRIER, 'carrier.inquire', `${A}.1.i1`, A, {});
  s.pass(1_000);
  end();
  checker.healed(s.now(), [OUTLET]);
  sell('B', '261123-0003')();
  s.sells('K', { receiptNo: '261123-0004' });
  checker.cash(s.now(), idOf('K'), FEN);
  s.tell('K', 'succeeded', { amountFen: FEN });
  s.quiet();
  s.pass(600_000);
  checker.end(s.now());
  return s;
}

describe('the checker', () => {
  it('finds nothing wrong in a good day, and every rule but those of voids and of the day cut had something to check', () => {
    const verdict = goodDay().checker.verdict();
    expect(verdict.violation).toBeUndefined();
    expect(verdict.failedItself).toBeUndefined();
    const idle = INVARIANT_IDS.filter((id) => !verdict.checked[id]);
    expect(idle).toEqual(['S17', 'L6']);
  });

  it('keeps the first violation only, and stops there', () => {
    const s = stage();
    s.openDay();
    s.write(s.opened('A'));
    expect(s.broken()).toMatchObject({ invariant: 'S16' });
    expect(s.checker.stopped()).toBe(true);
    const { checked } = s.checker.verdict();
    s.perform('B');
    expect(s.broken()).toMatchObject({ invariant: 'S16', order: A, at: s.now() });
    expect(s.checker.verdict().checked).toEqual(checked);
  });

  it('lets only the wanted rules watch', () => {
    const s = stage('S1', 'L6');
    s.openDay();
    s.perform('A');
    expect(s.broken()).toBeUndefined();
    expect(Object.keys(s.checker.verdict().checked)).toEqual(['S1', 'L6']);
  });

  it('never throws: what fails inside it is told, and is no pass', () => {
    const s = stage('S1');
    expect(() => s.block({ body: '{', first: 1, last: 1 })).not.toThrow();
    expect(s.checker.verdict().failedItself).toContain('JSON');
    expect(s.checker.verdict().violation).toBeUndefined();
    expect(s.checker.stopped()).toBe(true);
  });
});
