/**
 * The sign's line, 9600 8N1. The host asks, the sign answers each request once:
 *
 *     host → sign   02  number  what  text…  03  check
 *     sign → host   06  number            taken, or: here
 *     sign → host   15  number            not understood: send it again
 *
 * `number`: 30 to 39, another one for each sending, so that a belated answer answers nothing else. `what`: 54 (T) shows the
 * text, an empty one darkens the sign; 51 (Q) asks whether it is there. `text`: GB2312, so it has no byte below 20. `check`:
 * all bytes from `number` to 03, by exclusive or.
 */
export type What = 'text' | 'query';

const OPERATIONS = { text: 0x54, query: 0x51 } as const;
const FIRST_NUMBER = 0x30;
const NUMBERS = 10;

export function request(number: number, what: What, text: Uint8Array): Uint8Array {
  const body = [FIRST_NUMBER + (number % NUMBERS), OPERATIONS[what], ...text, 0x03];
  return Uint8Array.from([0x02, ...body, body.reduce((check, byte) => check ^ byte, 0)]);
}

export interface Answer {
  taken: boolean;
  /** Whether it answers the sending with this number. */
  to(number: number): boolean;
}

/** Takes the sign's bytes as they come, in whatever pieces; what is no answer is passed over. */
export function createAnswers(): { push(chunk: Uint8Array): Answer[] } {
  let head: number | undefined;
  return {
    push(chunk) {
      const answers: Answer[] = [];
      for (const byte of chunk) {
        const taken = head === 0x06;
        const isNumber = byte >= FIRST_NUMBER && byte < FIRST_NUMBER + NUMBERS;
        if (head !== undefined && isNumber)
          answers.push({ taken, to: (number) => byte === FIRST_NUMBER + (number % NUMBERS) });
        head = byte === 0x06 || byte === 0x15 ? byte : undefined;
      }
      return answers;
    },
  };
}
