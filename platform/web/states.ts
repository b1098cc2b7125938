import { h } from './dom.ts';
import { type TextKey, t } from './texts.ts';
import type { OrderView, Print } from './types.ts';

/** Of each state: sign, word, plain words. The sign and the word say it without the colour. */
const STATES: { [state in OrderView['state']]: { sign: string; word: TextKey; hint?: TextKey } } = {
  processing: { sign: '⋯', word: 'processing', hint: 'processingHint' },
  unknown: { sign: '?', word: 'unknown', hint: 'unknownHint' },
  manual: { sign: '!', word: 'manual', hint: 'manualHint' },
  succeeded: { sign: '✓', word: 'succeeded' },
  failed: { sign: '✕', word: 'failed', hint: 'failedHint' },
  rejected: { sign: '✕', word: 'rejected', hint: 'rejectedHint' },
};

const PRINTS: { [state in Print['state']]: TextKey } = {
  waiting: 'printWaiting',
  sent: 'printSent',
  accepted: 'printAccepted',
  printed: 'printPrinted',
  failed: 'printFailed',
  uncertain: 'printUncertain',
};

export const isOpen = ({ state }: OrderView) =>
  state === 'processing' || state === 'unknown' || state === 'manual';

function wordOf({ state, kind }: OrderView): string {
  if (kind === 'cardVoid' && state === 'failed') return t('voidFailed');
  return t(
    state === 'succeeded' && kind !== 'payment' && kind !== 'cardPurchase' ? 'done' : STATES[state].word,
  );
}

/** Small, for lists. */
export function badge(order: OrderView): HTMLElement {
  const { sign } = STATES[order.state];
  const word = order.voided ? `${wordOf(order)} · ${t('voided')}` : wordOf(order);
  return h('span', { className: `badge ${order.state}` }, h('b', { ariaHidden: 'true' }, sign), word);
}

/** Large, for the waiting page: told to who listens, too. */
export function verdict(order: OrderView): HTMLElement {
  const { sign } = STATES[order.state];
  // Of a card the order itself says what to do.
  const hint = order.card ? undefined : STATES[order.state].hint;
  return h(
    'div',
    { className: `verdict ${order.state}`, role: 'status' },
    h('div', { className: 'sign', ariaHidden: 'true' }, sign),
    h('div', {}, h('h1', {}, wordOf(order)), hint && h('p', {}, t(hint))),
  );
}

export const printWord = (print: Print) =>
  `${print.copy === 0 ? t('original') : `${t('copy')} ${print.copy}`}: ${t(PRINTS[print.state])}`;
