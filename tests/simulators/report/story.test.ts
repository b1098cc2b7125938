import { describe, expect, it } from 'vitest';
import { faultWords } from '../../../simulators/report/fault-words.ts';
import { causalSlice, failingOrder } from '../../../simulators/report/slice.ts';
import { storyOf } from '../../../simulators/report/story.ts';
import { storyText } from '../../../simulators/report/story-text.ts';
import { verdictLine } from '../../../simulators/report/verdict-line.ts';
import { FAULT_CATALOGUE } from '../../../simulators/world/fault-catalogue.ts';
import type { Fault } from '../../../simulators/world/faults.ts';
import { orderId } from '../../../simulators/world/names.ts';
import { BEGIN, madeUpRun, NASTY } from './made-up-run.ts';

const withViolation = (change: { order?: string; at?: number }) => {
  const input = madeUpRun();
  if (!input.result.violation) throw new Error('the made-up run fails');
  Object.assign(input.result.violation, change);
  return input;
};

describe('the story of a failing run', () => {
  it('tells the failing order’s events, Chinese and English, faults marked, the broken rule last', () => {
    const lines = storyOf(madeUpRun());
    expect(lines.map(({ time, tone, zh }) => `${time} ${tone} ${zh}`)).toMatchInlineSnapshot(`
      [
        "14:03:12.000 plain 柜员 1 收取现金 50.00 元(138****1234)",
        "14:03:12.000 plain 终端 1 向平台发出「交易请求」",
        "14:03:12.009 plain 平台记下状态,订单:已发出",
        "14:03:12.013 plain 平台已把它写入磁盘",
        "14:03:12.013 plain 平台向移动发出「缴费指令」",
        "14:03:12.013 plain 平台向终端 1 发出「平台答复」",
        "14:03:12.029 fault 移动向平台发出「受理回执」,没有送到〔故障:消息丢失(第 1 次受理回执)〕",
        "14:03:12.031 fault 移动已扣费 50.00 元(138****1234)〔故障:移动已充值,不再应答〕",
        "14:03:12.040 plain 平台已把它写入磁盘",
        "14:03:12.040 fault 平台中断〔故障:平台在提交前后中断(第 2 次,已落盘,尚未外发,持续 8 秒)〕",
        "14:03:20.040 plain 平台恢复运行",
        "14:03:20.052 plain 平台向移动发出「查询」,订单:结果未知",
        "14:03:22.481 plain 平台记下状态,订单:失败",
        "14:03:22.481 plain 平台已把它写入磁盘",
        "14:03:22.481 broken 违反 S7「没有证据不下结论」:订单 a 被记为失败,但没有任何证据:应有「移动的失败答复」,实有「无」。",
      ]
    `);
    expect(lines.map(({ en }) => en)).toMatchInlineSnapshot(`
      [
        "Teller 1 takes the cash 50.00 for 138****1234",
        "Station 1 sends «command» to platform",
        "Platform records the state; order: sent",
        "Platform has it on disk",
        "Platform sends «perform» to carrier",
        "Platform sends «reply» to station 1",
        "Carrier sends «accepted» to platform; it never arrives [FAULT NET-DROP: A message is lost (accepted no. 1)]",
        "Carrier has charged 50.00 for 138****1234 [FAULT CAR-LOST-REPLY: The carrier has charged and says nothing]",
        "Platform has it on disk",
        "Platform dies [FAULT PLT-CRASH: The platform dies around a commit (no. 2, on disk, nothing sent yet, for 8 s)]",
        "Platform has recovered",
        "Platform sends «inquiry» to carrier; order: unknown",
        "Platform records the state; order: failed",
        "Platform has it on disk",
        "Broken: S7 no-unsupported-claim: Order a was ended as failed without evidence: expected a decline of the carrier, seen none.",
      ]
    `);
  });

  it('tells a fault’s sentence once, however often it strikes', () => {
    const input = madeUpRun();
    const again = input.result.trace?.filter(({ fault }) => fault === 0) ?? [];
    input.result.trace?.splice(20, 0, ...again);
    expect(storyOf(input).filter(({ en }) => en.includes('[FAULT NET-DROP'))).toHaveLength(1);
  });

  it('tells nothing that comes after the rule was broken', () => {
    const lines = storyOf(withViolation({ at: BEGIN + 35 }));
    expect(lines.at(-2)?.en).toContain('Carrier has charged 50.00 for 138****1234');
  });

  it('S13 tells the way to the printer, which goes without saying elsewhere', () => {
    const input = madeUpRun();
    const job = {
      no: 0,
      at: BEGIN + 10_000,
      lane: 'platform',
      to: 'printer 1',
      what: 'printer.print',
      order: 'a',
    };
    input.result.trace?.push(job);
    input.result.trace?.sort((a, b) => a.at - b.at);
    expect(storyOf(input).some(({ en }) => en.includes('«print job»'))).toBe(false);
    Object.assign(input.result.violation ?? {}, { invariant: 'S13' });
    expect(storyOf(input).some(({ en }) => en.includes('«print job»'))).toBe(true);
  });

  it('keeps a long story short, and every fault in it', () => {
    const input = madeUpRun();
    const events = Array.from({ length: 90 }, (_, i) => ({
      no: 0,
      at: BEGIN + 9_000 + i,
      lane: 'platform',
      to: 'carrier',
      what: 'carrier.inquire',
      order: 'a',
      ...(i === 50 ? { fault: 3 } : {}),
    }));
    input.result.trace?.push(...events);
    input.result.trace?.sort((a, b) => a.at - b.at);
    const lines = storyOf(input);
    expect(lines.length).toBeLessThanOrEqual(43);
    expect(lines.filter(({ tone }) => tone === 'fault')).toHaveLength(4);
    expect(lines.some(({ en }) => /\d+ steps left out/.test(en))).toBe(true);
  });

  it('story.md shows verdict and replay first, and no markup of a payload', () => {
    const input = withViolation({});
    if (input.result.violation) input.result.violation.en = NASTY;
    const text = storyText(input, 'npx yizhan replay x/scenario.json');
    expect(text).toMatch(/^# FAIL S7 .*\n\n```sh\nnpx yizhan replay x\/scenario.json\n```/);
    expect(text).not.toContain('<script>');
    expect(text.indexOf('柜员 1 收取现金')).toBeLessThan(text.indexOf('Teller 1 takes the cash'));
  });
});

describe('the causal slice', () => {
  it('has the order’s own events, faults, crashes; not the other station’s chatter', () => {
    const slice = causalSlice(madeUpRun());
    expect(slice).toHaveLength(14);
    expect(slice.some(({ what }) => what === 'recovered')).toBe(true);
    expect(slice.every(({ order }) => order === 'a' || order === undefined)).toBe(true);
  });

  it('has the purchase beside its void', () => {
    const input = withViolation({ order: 'v' });
    input.scenario.orders = [
      ...input.scenario.orders,
      { name: 'v', at: '14:10:00', station: 1, do: 'void', of: 'b' },
    ];
    expect(causalSlice(input).some(({ order }) => order === 'b')).toBe(true);
    expect(causalSlice(input).some(({ order, what }) => order === 'a' && what !== 'crash')).toBe(false);
  });

  it('without an order to blame has what came last, and the faults', () => {
    const input = madeUpRun({ events: 1_000 });
    delete input.result.violation?.order;
    const slice = causalSlice(input);
    expect(slice.length).toBeLessThan(170);
    expect(slice.filter(({ fault }) => fault !== undefined)).toHaveLength(3);
  });

  it('finds the name of an order that the checker knows by its id only', () => {
    expect(failingOrder(withViolation({ order: orderId(8, 'b', BEGIN) }))).toBe('b');
    expect(failingOrder(withViolation({ order: 'STRANGER' }))).toBe('STRANGER');
  });
});

describe('the verdict line', () => {
  it('names rule, order, time, seed, version and node', () => {
    expect(verdictLine(madeUpRun())).toBe(
      `FAIL S7 no-unsupported-claim order a at 14:03:22.481 (seed 8, commit abc1234, yizhan 0.1.0, node ${process.version})`,
    );
  });

  it('says the day of a failure on a later one, and of a crash what was thrown', () => {
    expect(verdictLine(withViolation({ at: BEGIN + 86_400_000 }))).toContain('at +1d 14:03:12.000');
    const { violation: _, ...rest } = madeUpRun().result;
    const result = { ...rest, verdict: 'inconclusive', crash: 'TypeError: x\n  at y' } as const;
    expect(verdictLine({ ...madeUpRun(), seed: 77, result })).toMatch(
      /^INCONCLUSIVE crash: TypeError: x \(seed 77,/,
    );
  });
});

describe('the words of faults', () => {
  it('every fault of the catalogue has a sentence in both languages, with its place and times', () => {
    for (const fault of Object.keys(FAULT_CATALOGUE)) {
      const { zh, en } = faultWords({ fault, order: 'a', forMs: 'ever' } as unknown as Fault);
      expect(zh).toMatch(/^\p{Script=Han}.*订单 a/u);
      expect(en).toMatch(/^[A-Z].*\(order a, for ever\)$/);
    }
  });

  it('says of which message and which time, and where a crash strikes', () => {
    expect(
      faultWords({ fault: 'NET-DELAY', order: 'a', message: 'carrier.inquire', nth: 2, byMs: 90_000 }).en,
    ).toContain('(order a, inquiry no. 2, by 1.5 min)');
    expect(
      faultWords({ fault: 'PLT-CRASH', order: 'a', nth: 2, point: 'afterAppend', forMs: 8_000 }, 'a').zh,
    ).toContain('(第 2 次,已落盘,尚未外发,持续 8 秒)');
  });
});
