import { chipCommand } from './chip-commands.ts';
import type { Mechanism } from './mechanism.ts';
import type { F2Model } from './models.ts';

/** The data of a positive answer; or the two digits of a refusal. */
export type Answer = readonly number[] | { refuse: string };
export type Handler = (
  data: readonly number[],
  context: { mechanism: Mechanism; model: F2Model; parameter: number },
) => Answer;

export const REFUSAL = {
  command: '00',
  parameter: '01',
  sequence: '02',
  data: '04',
  jam: '10',
  latch: '11',
  mute: '61',
  noAnswer: '63',
  notActivated: '65',
  notReset: 'B0',
} as const;

const text = (characters: string) => Array.from(characters, (character) => character.charCodeAt(0));

const reset: Handler = (_, { mechanism, model, parameter }) => {
  const way = model.resets[parameter];
  if (!way) return { refuse: REFUSAL.parameter };
  const { state } = mechanism;
  mechanism.off();
  state.isReset = true;
  if (state.isJammed) return { refuse: model.keeps === 'latch' ? REFUSAL.latch : REFUSAL.jam };
  if (way === 'give') mechanism.give();
  if (way === 'capture') mechanism.capture();
  state.isLocked = way === 'lock';
  return text(model.name);
};

const move: Handler = (_, { mechanism, model, parameter }) => {
  if (model.keeps === 'latch') return { refuse: REFUSAL.command };
  if (mechanism.state.isJammed) return { refuse: REFUSAL.jam };
  if (!mechanism.slot.card) return { refuse: REFUSAL.sequence };
  if (parameter === 0x31) mechanism.toContacts();
  else if (parameter === 0x39 || parameter === 0x30) mechanism.give();
  else if (parameter === 0x33) mechanism.capture();
  else return { refuse: REFUSAL.parameter };
  return [];
};

const entry: Handler = (_, { mechanism, model, parameter }) => {
  if (model.keeps === 'latch') return { refuse: REFUSAL.command };
  if (parameter !== 0x30 && parameter !== 0x31) return { refuse: REFUSAL.parameter };
  mechanism.state.mayEnter = parameter === 0x30;
  mechanism.draw();
  return [];
};

const status: Handler = (_, { parameter }) => (parameter === 0x30 ? [] : { refuse: REFUSAL.parameter });
const serial: Handler = () => text('F2000042');

const COMMANDS = new Map<number, Handler>([
  [0x30, reset],
  [0x31, status],
  [0x32, move],
  [0x33, entry],
  [0xa2, serial],
]);

/** Before the first reset only these. */
const isFree = (command: number) => command === 0x30;

/** Carries out a command (CM, PM, data); the text of the answer. */
export function carryOut(body: Uint8Array, mechanism: Mechanism, model: F2Model): number[] {
  const [command = 0, parameter = 0, ...data] = body;
  const answer = answerTo(command, parameter, data, mechanism, model);
  if ('refuse' in answer) return refusal(command, parameter, answer.refuse);
  return [0x50, command, parameter, ...mechanism.bytes(), ...answer];
}

export const refusal = (command: number, parameter: number, code: string) => [
  0x4e,
  command,
  parameter,
  ...text(code),
];

function answerTo(
  command: number,
  parameter: number,
  data: readonly number[],
  mechanism: Mechanism,
  model: F2Model,
): Answer {
  if (!mechanism.state.isReset && !isFree(command)) return { refuse: REFUSAL.notReset };
  const handler = COMMANDS.get(command) ?? chipCommand(command, parameter);
  return handler ? handler(data, { mechanism, model, parameter }) : { refuse: REFUSAL.command };
}
