import type { Command, KeyRecord } from '../../../../contracts/endpoint/behaviour.ts';
import {
  type Check,
  type Completion,
  checkOf,
  completionSchema,
  type ResultOf,
} from '../../../../contracts/operation.ts';
import { utility } from '../../../../contracts/profiles/utility.ts';
import {
  createUtility,
  noUses,
  type Utility,
} from '../../../../simulators/counterparts/utility/behaviour.ts';
import { type Books, createBooks } from '../../../../simulators/counterparts/utility/books.ts';
import { createConduct, type Script } from '../../../../simulators/counterparts/utility/conduct.ts';
import { TEST_CUSTOMERS } from '../../../../simulators/counterparts/utility/customers.ts';
import type { BookEvent, Customer } from '../../../../simulators/counterparts/utility/entries.ts';

/** 10:10 UTC of some day. */
export const START = 1_000 * 86_400_000 + 610 * 60_000;

type Operation = keyof typeof utility.operations;
type Told = { at: number; what: string; completion?: Completion };

const CHECKS: Record<string, Check> = Object.fromEntries(
  Object.entries(utility.operations).map(([name, { result }]) => [name, checkOf(completionSchema(result))]),
);

function fitting(operation: Operation, completion: Completion): Completion {
  const wrong = CHECKS[operation]?.(completion);
  if (wrong !== undefined) throw new Error(`${operation}: ${wrong}`);
  return completion;
}

/**
 * A utility under a clock that the test drives, whose adapter has no journal: a command given again under its key reaches the
 * books. What it keeps can be held back, and is replayed by `restart`.
 */
export class UtilityBench {
  now = START;
  kept: BookEvent[] = TEST_CUSTOMERS.map((customer) => ({ kind: 'customer', at: START, customer }));
  holding = false;
  books: Books = createBooks();
  utility: Utility;
  private timers = new Map<number, { at: number; fn: () => void }>();
  private held: (() => void)[] = [];
  private timerId = 0;
  private readonly conductOf;
  private readonly uses = noUses();

  constructor(script: Script = []) {
    this.conductOf = createConduct({ script });
    this.utility = this.restart();
  }

  /** Another process with the same books; timers and commands of the old one are gone. */
  restart(): Utility {
    this.timers.clear();
    this.books = createBooks(structuredClone(this.kept));
    this.utility = createUtility(
      this.books,
      this.conductOf,
      {
        now: () => this.now,
        after: (ms, fn) => {
          const id = ++this.timerId;
          this.timers.set(id, { at: this.now + ms, fn });
          return () => this.timers.delete(id);
        },
        keep: (events, done) => {
          const write = () => {
            this.kept.push(...events);
            done();
          };
          if (this.holding) this.held.push(write);
          else write();
        },
      },
      this.uses,
    );
    return this.utility;
  }

  release(): void {
    this.holding = false;
    for (const write of this.held.splice(0)) write();
  }

  /** Lets time pass, timer by timer. */
  pass(ms: number): void {
    const until = this.now + ms;
    for (;;) {
      const [next] = [...this.timers].filter(([, { at }]) => at <= until).sort(([, a], [, b]) => a.at - b.at);
      if (!next) break;
      this.timers.delete(next[0]);
      this.now = Math.max(this.now, next[1].at);
      next[1].fn();
    }
    this.now = until;
  }

  /** What is told of it, as it comes. Throws where it ends twice otherwise, as the endpoint would. */
  command(operation: Operation, key: string, data: unknown): Told[] {
    const told: Told[] = [];
    let end: string | undefined;
    const command: Command = {
      operation,
      key,
      data,
      expiry: this.now + 60_000,
      late: () => false,
      processing: () => told.push({ at: this.now - START, what: 'processing' }),
      complete: (completion) => {
        const text = JSON.stringify(fitting(operation, completion));
        end ??= text;
        if (end !== text) throw new Error(`${operation} ${key} ended as ${end} and as ${text}`);
        told.push({ at: this.now - START, what: completion.error?.code ?? completion.outcome, completion });
      },
    };
    this.utility.behaviour.command(command);
    return told;
  }

  /** How it ended, as a code or `success`; `undefined` where it has not. */
  end(operation: Operation, key: string, data: unknown): string | undefined {
    return this.command(operation, key, data).at(-1)?.what;
  }

  customer(digits: string): Customer {
    const customer = this.books.customer(`51010000${digits}`);
    if (!customer) throw new Error(`there is no customer ${digits}`);
    return customer;
  }

  /** The request of a purchase for this customer's card as it is. */
  request(digits: string, more: object = {}) {
    const { customerNo, meterNo, cardSerial, wallet } = this.customer(digits);
    return { customerNo, meterNo, cardSerial, count: wallet.count + 1, amountFen: 5_000, ...more };
  }

  order(key: string, digits: string, more: object = {}): Told[] {
    return this.command('order', key, this.request(digits, more));
  }

  /** What a question was answered; `undefined` where it was not. */
  ask(operation: Operation, data: unknown, recalled?: Completion): Completion | undefined {
    let said: Completion | undefined;
    const record: KeyRecord = { key: '', operation: 'order', content: '', requestId: '', at: 0 };
    this.utility.behaviour.question({
      operation,
      data,
      recall: () => recalled && { ...record, completion: recalled },
      answer: (completion) => {
        if (said) throw new Error(`${operation} was answered twice`);
        said = fitting(operation, completion);
      },
    });
    return said;
  }

  inquire(originalKey: string, recalled?: Completion) {
    return this.ask('inquire', { originalKey }, recalled)?.result as
      | ResultOf<typeof utility.operations.inquire>
      | undefined;
  }

  seal(originalKey: string, purpose: 'purchase' | 'void', challenge: string, cardSerial: string) {
    return this.ask('seal', { originalKey, purpose, challenge, cardSerial }) as
      | Completion<ResultOf<typeof utility.operations.seal>>
      | undefined;
  }
}
