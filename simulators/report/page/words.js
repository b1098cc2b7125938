import { language, run } from './data.js';

/** @typedef {import('./data.js').Event} Event */

/** What an event is coloured by: red where a fault did it, else by what it says of money and the order. @param {Event} event */
export function toneOf({ fault, kind, state }) {
  if (fault >= 0 || kind === 'crash') return 'fault';
  if (kind === 'charge') return 'ok';
  if (kind === 'decline') return 'failed';
  return kind === 'state' ? (run.states[state]?.[2] ?? 'none') : 'none';
}

/** Whether a lane stands for more than one place. */
const several = run.places.some(([lane], i) => run.places.findIndex(([other]) => other === lane) < i);

/** What stands beside an event: its name, ⚡ where a fault did it, and which of several places. @param {Event} event */
export function textOf({ fault, words, from, whom }) {
  const which = [from[0], whom?.[0]].filter((each) => each).join('→');
  return `${fault >= 0 ? '⚡ ' : ''}${words[language.index] ?? ''}${which && several ? ` #${which}` : ''}`;
}
