import type { Command, KeyRecord } from '../../../../contracts/endpoint/behaviour.ts';
import { type Check, type Completion, checkOf, completionSchema } from '../../../../contracts/operation.ts';
import { carrier } from '../../../../contracts/profiles/carrier.ts';
import { type Carrier, createCarrier } from '../../../../simulators/counterparts/carrier/behaviour.ts';
import { type Books, createBooks } from '../../../../simulators/counterparts/carrier/books.ts';
import { type ConductOptions, createConduct } from '../../../../simulators/counterparts/carrier/conduct.ts';
import type { BookEvent } from '../../../../simulators/counterparts/carrier/entries.ts';

/** 10:10 UTC of some day, so that the next half hour is 20 minutes away. */
export const START = 1_000 * 86_400_000 + 610 * 60_000;

const CHECKS: Record<string, Check> = Object.fromEntries(
  Object.entries(carrier.operations).map(([name, { result }]) => [name, checkOf(completionSchema(result))]),
);

export interface Told {
  /** Since the start, ms. */
  at: number;
  /** `processing`, `success`, or the error's code. */
  what: string;
  completion?: Completion;
}

/** A carrier under a clock that the test drives; what it keeps can be held back and is replayed by `restart`. */
export class CarrierBench {
  now = START;
  kept: BookEvent[] = [];
  holding = false;
  books: Books = createBooks();
  carrier: Carrier;
  private timers = new Map<number, { at: number; fn: () => void }>();
  private held: (() => void)[] = [];
  private timerId = 0;
  private readonly options: ConductOptions;

  constructor(options: ConductOptions = {}) {
    this.options = options;
    this.carrier = this.restart();
  }

  /** Another process with the same books; timers and commands of the old one are gone. */
  restart(): Carrier {
    this.timers.clear();
    this.books = createBooks(structuredClone(this.kept));
    this.carrier = createCarrier(this.books, createConduct(this.options), {
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
    });
    return this.carrier;
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

  command(operation: 'perform' | 'applyForReversal', key: string, data: unknown): Told[] {
    const told: Told[] = [];
    const command: Command = {
      operation,
      key,
      data,
      expiry: this.now + 60_000,
      late: () => false,
      processing: () => told.push({ at: this.now - START, what: 'processing' }),
      complete: (completion) => {
        const wrong = CHECKS[operation]?.(completion);
        if (wrong !== undefined) throw new Error(wrong);
        told.push({ at: this.now - START, what: completion.error?.code ?? completion.outcome, completion });
      },
    };
    this.carrier.behaviour.command(command);
    return told;
  }

  topUp(key: string, account: string, amountFen = 5_000): Told[] {
    return this.command('perform', key, { account, amountFen });
  }

  /** The result of a question, which must be a success. */
  ask(operation: 'inquire' | 'inquireReversal', key: string, recalled?: Completion): Record<string, unknown> {
    let result: unknown;
    const record: KeyRecord = {
      key,
      operation: 'perform',
      content: '',
      requestId: '',
      at: 0,
      ...(recalled && { completion: recalled }),
    };
    this.carrier.behaviour.question({
      operation,
      data: { originalKey: key, applicationKey: key },
      recall: () => record,
      answer: (completion) => {
        const wrong = CHECKS[operation]?.(completion);
        if (wrong !== undefined) throw new Error(wrong);
        result = completion.result;
      },
    });
    return result as Record<string, unknown>;
  }

  /** Applies for the reversal of a charge as the books have it. */
  apply(key: string, originalKey: string): Told[] {
    const charge = this.books.charge(originalKey);
    const { account, amountFen, counterpartNo } = charge ?? {
      account: '13808000000',
      amountFen: 1,
      counterpartNo: 'none',
    };
    return this.command('applyForReversal', key, { originalKey, account, amountFen, counterpartNo });
  }

  balance(account: string): number {
    return this.books.subscriber(account).balanceFen;
  }
}
