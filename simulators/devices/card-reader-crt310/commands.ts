import {
  ABNORMAL_CARD,
  type Answer,
  BAD_COMMAND,
  BAD_DATA,
  BAD_PARAMETER,
  type Handler,
  MAIN_OFF,
  type Personality,
  VOLTAGE,
} from './answers.ts';
import { chipCommand } from './chip-commands.ts';
import { DONE, type Mechanism } from './mechanism.ts';

const within = (value: number | undefined, from: number, to: number) =>
  value !== undefined && value >= from && value <= to;

const text = (characters: string) => Array.from(characters, (character) => character.charCodeAt(0));
const done: Handler = () => [DONE];

/** By command; each knows its parameters, `undefined` where it does not. */
const COMMANDS = new Map<number, (parameter: number) => Handler | undefined>([
  [
    0x30,
    (parameter) => {
      if (parameter === 0x3a) return (_, { personality }) => [DONE, ...text(personality.serialNumber)];
      return within(parameter, 0x30, 0x32) ? reset : undefined;
    },
  ],
  [
    0x2f,
    (front) =>
      within(front, 0x31, 0x34)
        ? ([rear = 0], { mechanism, personality }) => {
            if (!within(rear, 0x30, 0x31)) return { refuse: BAD_DATA };
            mechanism.letIn(front, rear);
            // «N» is printed for success here, and «Y» everywhere else.
            return [rear, personality.strictPaper ? 0x4e : DONE];
          }
        : undefined,
  ],
  [
    0x2e,
    (stop) =>
      within(stop, 0x30, 0x35)
        ? (_, { mechanism }) => {
            mechanism.state.stop = stop;
            return [DONE];
          }
        : undefined,
  ],
  [
    0x31,
    (parameter) => {
      if (parameter === 0x30) return (_, { mechanism }) => mechanism.status();
      if (parameter === 0x2f) return (_, { mechanism }) => mechanism.sensors();
      if (parameter === 0x2e) return (_, { mechanism }) => [...mechanism.sensors(), 0x30];
      return parameter === 0x31 ? chipCommand(0x31, parameter) : undefined;
    },
  ],
  [0x32, (to) => (within(to, 0x2e, 0x34) ? (_, { mechanism }) => [mechanism.move(to)] : undefined)],
  // The baud rate: no wire here has one. The paper shows another command's echo.
  [
    0x34,
    (rate) =>
      within(rate, 0x30, 0x35)
        ? (_, { personality }) => (personality.strictPaper ? { echo: [0x33, rate], data: [DONE] } : [DONE])
        : undefined,
  ],
  [0x33, (parameter) => chipCommand(0x33, parameter)],
  [0x37, (parameter) => chipCommand(0x37, parameter)],
  [0x38, (parameter) => chipCommand(0x38, parameter)],
  // Lamps, on and off and blinking.
  [0x46, (parameter) => (within(parameter, 0x30, 0x31) ? done : undefined)],
  [0x49, () => done],
]);

/** 30 leaves the card where it is, 31 gives it back, 32 throws it out at the rear. */
const reset: Handler = (_, { mechanism, personality, parameter }) => {
  mechanism.off();
  if (parameter === 0x31) mechanism.move(0x30);
  if (parameter === 0x32) mechanism.move(0x33);
  // The paper's length has a byte more than its text.
  return text(personality.strictPaper ? 'CRT 310 V3.0 ' : 'CRT 310 V3.0');
};

/** These are answered with an abnormal card inside, too: where it is, whether it can be moved out, who asks. */
const isHarmless = (command: number, parameter: number) =>
  (command === 0x31 && parameter !== 0x31) ||
  (command === 0x32 && parameter === 0x34) ||
  (command === 0x30 && parameter === 0x3a) ||
  command === 0x2f ||
  command === 0x2e;

/** Carries a command out; the body of the answer frame. */
export function carryOut(body: Uint8Array, mechanism: Mechanism, personality: Personality): number[] {
  const [command = 0, parameter = 0, ...data] = body;
  const answer = answerTo(command, parameter, data, mechanism, personality);
  if ('refuse' in answer) return [0x4e, command, answer.refuse];
  if ('echo' in answer) return [...answer.echo, ...answer.data];
  return [command, parameter, ...answer];
}

function answerTo(
  command: number,
  parameter: number,
  data: readonly number[],
  mechanism: Mechanism,
  personality: Personality,
): Answer {
  const { supply, jam } = mechanism.state;
  if (supply !== 'main') return { refuse: supply === 'low' ? VOLTAGE : MAIN_OFF };
  const parameters = COMMANDS.get(command);
  if (!parameters) return { refuse: BAD_COMMAND };
  const handler = parameters(parameter);
  if (!handler) return { refuse: BAD_PARAMETER };
  const isAbnormal = jam === 'long' || jam === 'short';
  if (isAbnormal && !isHarmless(command, parameter)) return { refuse: ABNORMAL_CARD };
  return handler(data, { mechanism, personality, parameter });
}
