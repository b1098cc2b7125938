import { escapeMarkup } from './escape.ts';
import { nameOf } from './invariant-names.ts';

/** What a CI server is told of a campaign. Counts of `checked` that are 0 make it void. */
export interface JunitCampaign {
  /** `seeds 1..6000` */
  name: string;
  seed: number | string;
  config: string;
  commit?: string;
  replay?: string;
  seconds: number;
  checked: { [invariant: string]: number };
  failures: JunitTrouble[];
  inconclusive: Omit<JunitTrouble, 'invariant'>[];
  /** Other reasons why it measured nothing: a canary that passed, a fault that was never delivered. */
  voids?: string[];
  regressions?: { name: string; seconds: number; trouble?: JunitTrouble | Omit<JunitTrouble, 'invariant'> }[];
  /** One small run alone need not check everything: what it did not is skipped, not void. */
  single?: boolean;
}

export interface JunitTrouble {
  invariant: string;
  /** The verdict line. */
  line: string;
  story?: string;
  replay: string;
}

/** JUnit XML: one testcase per invariant, per regression scenario, per reason of doubt. */
export function junitOf(campaign: JunitCampaign): string {
  const { name, checked, failures, inconclusive, voids = [], regressions = [], seconds } = campaign;
  const ids = [...new Set([...Object.keys(checked), ...failures.map(({ invariant }) => invariant)])];
  const cases = [
    ...ids.map((id) => {
      const title = `${id} ${nameOf(id).en}`;
      const failed = failures.filter(({ invariant }) => invariant === id);
      if (failed.length > 0)
        return testcase(name, title, 0, failed.map((each) => trouble('failure', each)).join(''));
      if ((checked[id] ?? 0) > 0) return testcase(name, title, 0);
      return testcase(
        name,
        title,
        0,
        campaign.single ? skipped() : voided(`${id} never had anything to check`),
      );
    }),
    ...inconclusive.map((each) => testcase(name, `inconclusive: ${each.line}`, 0, trouble('error', each))),
    ...voids.map((why) => testcase(name, `void: ${why}`, 0, voided(why))),
    ...regressions.map((each) => {
      const { trouble: found } = each;
      const kind = found && 'invariant' in found ? 'failure' : 'error';
      return testcase('regressions', each.name, each.seconds, found ? trouble(kind, found) : '');
    }),
  ];
  const count = (element: string) => cases.filter((text) => text.includes(`<${element}`)).length;
  const counts = `tests="${cases.length}" failures="${count('failure')}" errors="${count('error')}" skipped="${count('skipped')}" time="${seconds.toFixed(3)}"`;
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="yizhan simulate" ${counts}>`,
    `<testsuite name="${escapeMarkup(name)}" ${counts}>`,
    ...propertiesOf(campaign),
    ...cases,
    '</testsuite>',
    '</testsuites>',
    '',
  ].join('\n');
}

function propertiesOf({ seed, config, commit, replay }: JunitCampaign): string[] {
  const all = { seed: String(seed), config, commit, replay };
  const lines = Object.entries(all).flatMap(([name, value]) =>
    value === undefined ? [] : [`<property name="${name}" value="${escapeMarkup(value)}"/>`],
  );
  return ['<properties>', ...lines, '</properties>'];
}

function testcase(of: string, name: string, seconds: number, inner = ''): string {
  const head = `<testcase classname="${escapeMarkup(of)}" name="${escapeMarkup(name)}" time="${seconds.toFixed(3)}"`;
  return inner === '' ? `${head}/>` : `${head}>${inner}</testcase>`;
}

function trouble(
  element: 'failure' | 'error',
  { line, story, replay }: Omit<JunitTrouble, 'invariant'>,
): string {
  const type = element === 'failure' ? 'FAIL' : 'INCONCLUSIVE';
  const text = [line, replay, ...(story ? ['', story] : [])].join('\n');
  return `<${element} type="${type}" message="${escapeMarkup(line)}">${escapeMarkup(text)}</${element}>`;
}

const voided = (why: string) => `<failure type="VOID" message="${escapeMarkup(`VOID: ${why}`)}"/>`;
const skipped = () => '<skipped message="this run had nothing to check it on"/>';
