import type { RunResult } from '../world/result.ts';

/** How a run or a campaign ended, the worst first. */
export const CLASSES = ['crash', 'safety', 'liveness', 'nondeterministic', 'void', 'pass'] as const;
export type VerdictClass = (typeof CLASSES)[number];

/** Exit codes of `yizhan simulate` and `yizhan replay`, so that a script knows what happened without reading. */
export const EXIT_CODES: { [name in VerdictClass]: number } = {
  pass: 0,
  /** The world or the platform threw, or nothing can be said. */
  crash: 127,
  liveness: 128,
  safety: 129,
  /** It measured nothing, or not what it should have. */
  void: 130,
  nondeterministic: 131,
};

/** The class of one run. */
export function classOf(result: Pick<RunResult, 'verdict' | 'violation' | 'crash'>): VerdictClass {
  if (result.crash !== undefined || result.verdict === 'inconclusive') return 'crash';
  if (result.verdict === 'pass') return 'pass';
  // A failure that names no rule says nothing: never milder than a crash.
  return result.violation?.kind ?? 'crash';
}

/** Of several classes the worst; of none, a pass. */
export function worstOf(classes: Iterable<VerdictClass>): VerdictClass {
  let worst: VerdictClass = 'pass';
  for (const each of classes) if (CLASSES.indexOf(each) < CLASSES.indexOf(worst)) worst = each;
  return worst;
}

/**
 * What a failure is told apart by: the broken rule, or what was thrown without its numbers and places. Undefined of a pass.
 * Two runs with the same failure are taken for the same bug.
 */
export function failureOf(result: Pick<RunResult, 'verdict' | 'violation' | 'crash'>): string | undefined {
  if (classOf(result) === 'pass') return undefined;
  if (result.crash !== undefined) return `crash: ${firstLine(result.crash)}`;
  if (result.verdict === 'inconclusive') return 'inconclusive';
  return result.violation?.invariant ?? 'crash: a failure without a rule';
}

/**
 * A failure and what was said of it, without numbers, ids and names: one rule can be broken in several ways, and a smaller
 * scenario that breaks it in another one shows another bug. Undefined of a pass.
 */
export function meaningOf(result: Pick<RunResult, 'verdict' | 'violation' | 'crash'>): string | undefined {
  const failure = failureOf(result);
  if (failure === undefined || result.crash !== undefined || !result.violation) return failure;
  return `${failure}: ${bare(result.violation.en)}`;
}

/** Whatever has a digit in it, and the name after «order». */
const bare = (sentence: string) =>
  sentence.replace(/[-\w.,:*…]*\d[-\w.,:*…]*/g, '0').replace(/\border \S+/g, 'order 0');

const firstLine = (text: string) =>
  (text.split('\n', 1)[0] ?? '')
    .replace(/[0-9A-HJKMNP-TV-Z]{26}/g, '…')
    .replace(/\d+/g, '0')
    .slice(0, 200);
