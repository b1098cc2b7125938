import { STATUS } from './bytes.ts';
import { type Condition, conditionOf } from './condition.ts';

/**
 * Status rounds: one round asks DLE EOT 1 to 4 and is over with the fourth answer.
 *
 * An answer does not say which question it answers, only its place in the order does. Answers still owed to an earlier round
 * are therefore counted off first: an old «all is well» is never taken for a fresh one. Where answers were lost, the rounds
 * stay unanswered from then on, until the connection is opened anew.
 */
export function createRounds() {
  let owed = 0;
  let answers: number[] | undefined;

  return {
    /** The bytes to send; a round under way is given up. */
    begin(): readonly number[] {
      if (answers) owed += 4 - answers.length;
      answers = [];
      return STATUS;
    },
    /** One answer; the condition where it completes the round. */
    answer(byte: number): Condition | undefined {
      if (owed > 0) {
        owed--;
        return undefined;
      }
      answers?.push(byte);
      if (answers?.length !== 4) return undefined;
      const condition = conditionOf(answers);
      answers = undefined;
      return condition;
    },
    /** A round is under way. */
    pending: () => answers !== undefined,
    /** A new connection owes nothing. */
    reset(): void {
      owed = 0;
      answers = undefined;
    },
  };
}
