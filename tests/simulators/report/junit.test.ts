import { describe, expect, it } from 'vitest';
import { type JunitCampaign, junitOf } from '../../../simulators/report/junit.ts';

const trouble = {
  invariant: 'S7',
  line: 'FAIL S7 <order> "a"',
  replay: 'npx yizhan replay runs/x/scenario.json',
};
const passed: JunitCampaign = {
  name: 'seeds 1..60',
  seed: '1..60',
  config: 'mixed',
  commit: 'abc1234',
  seconds: 12.5,
  checked: { S1: 10, S7: 3 },
  failures: [],
  inconclusive: [],
};

describe('junit.xml', () => {
  it('has one testcase per invariant, and the properties that make it again', () => {
    const text = junitOf({ ...passed, replay: 'npx yizhan simulate --seeds 1..60' });
    expect(text).toContain('tests="2" failures="0" errors="0" skipped="0" time="12.500"');
    expect(text).toContain('<testcase classname="seeds 1..60" name="S7 no-unsupported-claim" time="0.000"/>');
    for (const property of [
      'seed" value="1..60',
      'config" value="mixed',
      'commit" value="abc1234',
      'replay" value="npx',
    ])
      expect(text).toContain(`<property name="${property}`);
  });

  it('FAIL is a failure, with the command that shows it again, and nothing in it is markup', () => {
    const text = junitOf({ ...passed, failures: [trouble, { ...trouble, line: 'another' }] });
    expect(text).toContain('tests="2" failures="1"');
    expect(text).toContain('<failure type="FAIL" message="FAIL S7 &lt;order&gt; &quot;a&quot;">');
    expect(text).toContain('npx yizhan replay runs/x/scenario.json');
    expect(text.match(/<failure type="FAIL"/g)).toHaveLength(2);
  });

  it('an invariant that failed and was never counted still stands there', () => {
    expect(junitOf({ ...passed, checked: {}, failures: [trouble] })).toContain('tests="1" failures="1"');
  });

  it('INCONCLUSIVE is an error, never a pass', () => {
    const text = junitOf({
      ...passed,
      inconclusive: [{ line: 'the checker itself threw', replay: 'npx …' }],
    });
    expect(text).toContain('errors="1"');
    expect(text).toContain('<error type="INCONCLUSIVE" message="the checker itself threw">');
  });

  it('what was never checked is a failure of type VOID; in one run alone it is skipped', () => {
    const voided = { ...passed, checked: { S1: 10, S13: 0 }, voids: ['the canary passed'] };
    const text = junitOf(voided);
    expect(text).toContain('failures="2"');
    expect(text).toContain('<failure type="VOID" message="VOID: S13 never had anything to check"/>');
    expect(text).toContain('<failure type="VOID" message="VOID: the canary passed"/>');
    expect(junitOf({ ...voided, voids: [], single: true })).toContain('failures="0" errors="0" skipped="1"');
  });

  it('every kept regression is a testcase of its own', () => {
    const { invariant: _, ...doubt } = trouble;
    const text = junitOf({
      ...passed,
      regressions: [
        { name: 'late-success', seconds: 0.2 },
        { name: 'crash-mid-cut', seconds: 0.3, trouble },
        { name: 'torn', seconds: 0.1, trouble: doubt },
      ],
    });
    expect(text).toContain('tests="5" failures="1" errors="1"');
    expect(text).toContain('<testcase classname="regressions" name="late-success" time="0.200"/>');
  });
});
