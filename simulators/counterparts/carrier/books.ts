import { MINUTE } from '../../../contracts/time.ts';
import type { Application, BookEvent, Charge, Due, Subscriber } from './entries.ts';
import { prefectureOf } from './segments.ts';

/** Applications for a reversal are worked through every half hour (MOB-06). In ms. */
export const BATCH_EVERY = 30 * MINUTE;

/** More arrears than this and a reversal is refused (MOB-08). In fen. */
export const ARREARS_LIMIT = 2_000;

/** The carrier's books: state that only {@link Books.apply} changes, so that the events alone give it back. */
export interface Books {
  /** Throws where the event can't follow what is in the books: it would charge or reverse twice. */
  apply(event: BookEvent): void;
  subscriber(account: string): Subscriber;
  charge(key: string): Charge | undefined;
  application(key: string): Application | undefined;
  charges(): Iterable<Charge>;
  applications(): Iterable<Application>;
  subscribers(): Iterable<Subscriber>;
  /** Why the carrier declines to charge this account whatever else happens, as a wire code. */
  obstacle(account: string): 'counterpart.accountInvalid' | 'counterpart.accountClosed' | undefined;
  /** Whether a reversal of this charge may be applied for: all three must match (MOB-06), and one application at a time. */
  mayApply(application: {
    originalKey: string;
    counterpartNo: string;
    account: string;
    amountFen: number;
  }): boolean;
  /** The decisions on charges whose time has come by `now`, to be applied by the caller. */
  decideCharges(now: number): BookEvent[];
  /** The decisions on applications whose batch has come by `now`, to be applied by the caller. */
  decideApplications(now: number): BookEvent[];
  /** When the next decision is due, ms; `undefined` where nothing waits. */
  nextDue(): number | undefined;
}

export function createBooks(events: Iterable<BookEvent> = []): Books {
  const subscribers = new Map<string, Subscriber>();
  const charges = new Map<string, Charge>();
  const applications = new Map<string, Application>();
  // What waits for its time, apart from the rest: the rest only grows.
  const waitingCharges = new Map<Charge, Due>();
  const waitingApplications = new Set<Application>();
  /** Per charge the application that is pending or went through. */
  const standingApplication = new Map<string, Application>();
  let numbers = 0;

  const nextNumber = (letters: string) => `${letters}${String(++numbers).padStart(10, '0')}`;
  const subscriber = (account: string): Subscriber =>
    subscribers.get(account) ?? { account, balanceFen: 0, arrearsFen: 0, status: 'open' };
  const credit = (account: string, fen: number) => {
    const known = subscriber(account);
    subscribers.set(account, { ...known, balanceFen: known.balanceFen + fen });
  };
  const refuse = (event: BookEvent, why: string): never => {
    throw new Error(`the carrier's books can't take «${event.kind}»: ${why}`);
  };
  const processing = (event: BookEvent & { key: string }): Charge => {
    const charge = charges.get(event.key);
    return charge?.standing === 'processing'
      ? charge
      : refuse(event, `charge ${event.key} is ${charge?.standing ?? 'not known'}`);
  };

  const books: Books = {
    apply(event) {
      switch (event.kind) {
        case 'subscriber': {
          const { account, arrearsFen, status } = event;
          subscribers.set(account, { ...subscriber(account), arrearsFen, status });
          return;
        }
        case 'taken': {
          const { key, account, amountFen, due } = event;
          if (charges.has(key)) return refuse(event, `charge ${key} is known`);
          const charge: Charge = {
            key,
            account,
            amountFen,
            counterpartNo: nextNumber('CM'),
            standing: 'processing',
          };
          charges.set(key, charge);
          if (due) waitingCharges.set(charge, due);
          return;
        }
        case 'charged': {
          const charge = processing(event);
          charge.standing = 'succeeded';
          waitingCharges.delete(charge);
          credit(charge.account, charge.amountFen);
          return;
        }
        case 'declined': {
          const charge = processing(event);
          charge.standing = 'failed';
          charge.code = event.code;
          waitingCharges.delete(charge);
          return;
        }
        case 'applied': {
          const { key, originalKey, at } = event;
          if (applications.has(key)) return refuse(event, `application ${key} is known`);
          if (standingApplication.has(originalKey))
            return refuse(event, `charge ${originalKey} has an application`);
          const dueAt = (Math.floor(at / BATCH_EVERY) + 1) * BATCH_EVERY;
          const application: Application = {
            key,
            originalKey,
            applicationNo: nextNumber('CX'),
            standing: 'pending',
            dueAt,
          };
          applications.set(key, application);
          standingApplication.set(originalKey, application);
          waitingApplications.add(application);
          return;
        }
        case 'decided': {
          const application = applications.get(event.key);
          const charge = application && charges.get(application.originalKey);
          if (application?.standing !== 'pending' || !charge)
            return refuse(event, `application ${event.key} is not pending`);
          application.standing = event.standing;
          if (event.code !== undefined) application.code = event.code;
          waitingApplications.delete(application);
          if (event.standing === 'refused') standingApplication.delete(charge.key);
          else credit(charge.account, -charge.amountFen);
        }
      }
    },
    subscriber,
    charge: (key) => charges.get(key),
    application: (key) => applications.get(key),
    charges: () => charges.values(),
    applications: () => applications.values(),
    subscribers: () => subscribers.values(),
    obstacle(account) {
      if (prefectureOf(account) === undefined) return 'counterpart.accountInvalid';
      return subscriber(account).status === 'closed' ? 'counterpart.accountClosed' : undefined;
    },
    mayApply({ originalKey, counterpartNo, account, amountFen }) {
      const charge = charges.get(originalKey);
      return (
        charge?.standing === 'succeeded' &&
        charge.counterpartNo === counterpartNo &&
        charge.account === account &&
        charge.amountFen === amountFen &&
        !standingApplication.has(originalKey)
      );
    },
    decideCharges(now) {
      const events: BookEvent[] = [];
      for (const [{ key }, due] of waitingCharges) {
        if (due.at > now) continue;
        events.push(
          due.code
            ? { kind: 'declined', at: due.at, key, code: due.code }
            : { kind: 'charged', at: due.at, key },
        );
      }
      return events;
    },
    decideApplications(now) {
      const events: BookEvent[] = [];
      for (const { key, originalKey, dueAt: at } of waitingApplications) {
        if (at > now) continue;
        const arrears = subscriber(charges.get(originalKey)?.account ?? '').arrearsFen;
        events.push(
          arrears > ARREARS_LIMIT
            ? { kind: 'decided', at, key, standing: 'refused', code: 'counterpart.reversalRefused' } // MOB-08
            : { kind: 'decided', at, key, standing: 'reversed' },
        );
      }
      return events;
    },
    nextDue() {
      let next: number | undefined;
      for (const { at } of waitingCharges.values()) if (next === undefined || at < next) next = at;
      for (const { dueAt } of waitingApplications) if (next === undefined || dueAt < next) next = dueAt;
      return next;
    },
  };
  for (const event of events) books.apply(event);
  return books;
}
