import { describe, expect, test } from 'vitest';
import { CLONE_58, EPSON_80 } from '../../../../simulators/devices/printer/models.ts';
import { CHINESE_ON, CUT, job, LF, listenedTo, processId, RECEIPT_TITLE, status } from './bytes.ts';

const ALL = job(status(1), status(2), status(3), status(4));
const FENCE = job(0x1d, 0x72, 1);
const AUTOMATIC = job(0x1d, 0x61, 0x0f);
const RETRY = job(0x10, 0x05, 1);
const RECOVER_AND_CLEAR = job(0x10, 0x05, 2);
const CLEAR = job(0x10, 0x14, 8, 1, 3, 0x14, 1, 6, 2, 8);
const idAnswer = (id: string) => `3722${Buffer.from(id).toString('hex')}00`;

describe('DLE EOT 1 to 4', () => {
  test('answer 12 12 12 12 where all is well', () => {
    expect(listenedTo().ask(ALL)).toBe('12121212');
  });

  test('tell an open cover: offline, and why', () => {
    const { printer, ask } = listenedTo();
    printer.openCover();
    expect(ask(ALL)).toBe('1a161212');
    printer.closeCover();
    expect(ask(ALL)).toBe('12121212');
  });

  test('tell the paper’s end, with the near end where there is a sensor for it', () => {
    for (const [model, bytes] of [
      [EPSON_80, '1a32127e'],
      [CLONE_58, '1a321272'],
    ] as const) {
      const { printer, ask } = listenedTo({ model });
      printer.takePaperOut();
      expect(ask(ALL)).toBe(bytes);
    }
  });

  test('tell the near end while the printer stays online and prints', () => {
    const { printer, ask } = listenedTo();
    printer.putPaperIn(EPSON_80.nearEndDots - 1);
    expect(ask(ALL)).toBe('1212121e');
    expect(ask(FENCE)).toBe('03');
    printer.input(job('on', LF));
    expect(printer.current.text).toBe('on');
  });

  test('tell a stuck cutter; once it is free, DLE ENQ 1 makes the cut and goes on', () => {
    const { printer, ask } = listenedTo();
    printer.cutterJam();
    expect(ask(job('one', LF, CUT, 'two', LF, ALL))).toBe('1a521a12');
    expect([printer.papers.length, printer.current.text]).toEqual([0, 'one']);
    expect(ask(job(RETRY, status(3)))).toBe('1a');
    printer.clearJam();
    expect(ask(ALL)).toBe('1a521a12');
    expect(ask(job(RETRY, ALL))).toBe('12121212');
    expect([printer.papers.map((paper) => paper.text), printer.current.text]).toEqual([['one'], 'two']);
  });

  test('DLE ENQ 2 recovers without what waited, and a waiting id is never answered', () => {
    const { printer, ask } = listenedTo();
    printer.cutterJam();
    printer.input(job('one', LF, CUT, 'two', LF, processId('0002')));
    printer.clearJam();
    expect(ask(job(RECOVER_AND_CLEAR, status(1)))).toBe('12');
    expect(ask(job('three', LF, processId('0003')))).toBe(idAnswer('0003'));
    expect(printer.current.text).toBe('one\nthree');
  });

  test('DLE ENQ does nothing where a person is needed', () => {
    const { printer, ask } = listenedTo();
    printer.openCover();
    printer.input(job('kept', LF));
    expect(ask(job(RETRY, RECOVER_AND_CLEAR, status(1)))).toBe('1a');
    printer.closeCover();
    expect(printer.current.text).toBe('kept');
  });

  test('are answered in the middle of an image only by a model that looks there', () => {
    const header = job(0x1d, 0x76, 0x30, 0, 1, 0, 8, 0);
    expect(listenedTo().ask(job(header, status(1)))).toBe('12');
    const clone = listenedTo({ model: CLONE_58 });
    expect(clone.ask(job(header, status(1)))).toBe('');
    expect(clone.ask(job(1, 2, 3, 4, 5, status(1)))).toBe('12');
    expect(clone.printer.current.text).toBe('[image 8×8]');
  });

  test('take no room in the receive buffer, however long a host asks', () => {
    const { printer, ask } = listenedTo();
    printer.takePaperOut();
    const before = printer.room();
    for (let i = 0; i < 5000; i++) ask(status(4));
    expect(printer.room()).toBe(before);
    expect(printer.problems).toEqual([]);
  });
});

describe('answers in the order of the stream', () => {
  test('PRN-002 a fence and an id are answered only behind what was sent before them', () => {
    const { printer, ask, answers } = listenedTo();
    printer.openCover();
    expect(ask(job('line', LF, FENCE, processId('ab 1'), status(1)))).toBe('1a');
    expect(printer.current.text).toBe('');
    printer.closeCover();
    expect(answers()).toBe(`00${idAnswer('ab 1')}`);
    expect(printer.current.text).toBe('line');
  });

  test('a model without process ids swallows the command, all of it', () => {
    const { printer, ask } = listenedTo({ model: CLONE_58 });
    expect(ask(job('a', LF, processId('0001'), 'b', LF))).toBe('');
    expect(printer.current.text).toBe('a\nb');
    expect(printer.problems).toEqual([]);
  });

  test('DLE DC4 8 empties the buffers and says so; its own bytes do not stay behind', () => {
    const { printer, ask } = listenedTo();
    printer.openCover();
    expect(ask(job('never', LF, processId('0001'), CLEAR))).toBe('372500');
    printer.closeCover();
    expect(ask(job('new', LF))).toBe('');
    expect([printer.current.text, printer.problems]).toEqual(['new', []]);
  });

  test('GS I tells who it is', () => {
    const { ask } = listenedTo();
    expect(ask(job(0x1d, 0x49, 1, 0x1d, 0x49, 66))).toBe(`205f${Buffer.from('EPSON').toString('hex')}00`);
  });

  test('the drawer is kicked in order by ESC p and at once by DLE DC4 1', () => {
    const { printer } = listenedTo();
    printer.openCover();
    printer.input(job(0x1b, 0x70, 0, 50, 50, 0x10, 0x14, 1, 0, 1));
    expect(printer.drawerPulses).toBe(1);
    printer.closeCover();
    expect(printer.drawerPulses).toBe(2);
  });
});

describe('automatic status back', () => {
  test('tells the status at once and at every change, until it is switched off', () => {
    const { printer, ask, answers } = listenedTo();
    expect(ask(AUTOMATIC)).toBe('10000000');
    printer.openCover();
    expect(answers()).toBe('38000000');
    printer.closeCover();
    expect(answers()).toBe('10000000');
    printer.takePaperOut();
    expect(answers()).toBe('18000f00');
    printer.putPaperIn();
    expect(answers()).toBe('10000000');
    expect(ask(job('no change', LF))).toBe('');
    printer.cutterJam();
    expect(ask(CUT)).toBe('18080000');
    printer.powerCycle();
    answers();
    printer.openCover();
    expect(answers()).toBe('');
  });

  test('tells only the kinds asked for', () => {
    const { printer, ask, answers } = listenedTo();
    ask(job(0x1d, 0x61, 0x08));
    printer.openCover();
    expect(answers()).toBe('');
    printer.takePaperOut();
    expect(answers()).toBe('38000f00');
  });

  test('GS ( H 49 tells once that it goes offline', () => {
    const { printer, ask, answers } = listenedTo();
    expect(ask(job(0x1d, 0x28, 0x48, 3, 0, 0x31, 0x30, 2))).toBe('');
    printer.openCover();
    printer.takePaperOut();
    expect(answers()).toBe('37234400');
  });
});

describe('a person at the printer', () => {
  const receipt = job(
    CHINESE_ON,
    RECEIPT_TITLE,
    LF,
    'two',
    LF,
    'three',
    LF,
    'four',
    LF,
    processId('0001'),
    CUT,
  );

  test('PRN-004 paper out in the middle: the rest comes on the new roll, every line once, the id only then', () => {
    const { printer, ask, answers } = listenedTo();
    printer.paperOutAfterLines(2);
    expect(ask(job(receipt, status(4)))).toBe('7e');
    expect(printer.current.text).toBe('缴费凭证\ntwo');
    printer.putPaperIn();
    expect(answers()).toBe(idAnswer('0001'));
    expect(printer.papers.map(({ text, end }) => [text, end])).toEqual([
      ['缴费凭证\ntwo', 'torn'],
      ['three\nfour', 'partialCut'],
    ]);
  });

  test('a cover opened before the receipt holds it back; closed, it is printed whole in one piece', () => {
    const { printer } = listenedTo();
    printer.openCover();
    printer.input(receipt);
    expect(printer.current.height).toBe(0);
    printer.closeCover();
    expect(printer.papers.map((paper) => paper.text)).toEqual(['缴费凭证\ntwo\nthree\nfour']);
  });

  test('PRN-001 power off in the middle: what waited and all modes are lost, what is on paper stays', () => {
    const { printer, ask } = listenedTo();
    printer.paperOutAfterLines(2);
    printer.input(job(0x1d, 0x21, 0x11, receipt));
    printer.powerOff();
    expect(ask(job('unheard', LF, status(1)))).toBe('');
    printer.powerOn();
    printer.putPaperIn();
    expect(printer.papers.map((paper) => paper.text)).toEqual(['缴费凭证\ntwo']);
    expect(ask(job(0xd6, 0xd0, LF, status(1)))).toBe('12');
    expect([printer.current.text, printer.current.height]).toEqual(['╓╨', 30]);
  });

  test('half a command before the power cut does not eat what comes after', () => {
    const { printer, ask } = listenedTo();
    printer.input(job(0x1d, 0x76, 0x30, 0, 8, 0));
    printer.powerCycle();
    expect(ask(job('clean', LF, status(1)))).toBe('12');
    expect(printer.current.text).toBe('clean');
  });

  test('muted, it prints and says nothing; the answers are lost, not late', () => {
    const { printer, ask } = listenedTo();
    printer.muteAnswers(true);
    expect(ask(job(receipt, ALL))).toBe('');
    expect(printer.papers).toHaveLength(1);
    printer.muteAnswers(false);
    expect(ask(status(1))).toBe('12');
  });

  test('every piece is told as it falls, and the last hundred are kept', () => {
    const texts: string[] = [];
    const { printer } = listenedTo({ onPaper: (paper) => texts.push(paper.text) });
    for (let i = 0; i < 120; i++) printer.input(job(`no ${i}`, LF, CUT));
    expect(texts).toHaveLength(120);
    expect([printer.papers.length, printer.papers[0]?.text, printer.papers.at(-1)?.text]).toEqual([
      100,
      'no 20',
      'no 119',
    ]);
  });
});
