import type { FaultPlan } from '../../../simulators/world/fault-plan.ts';
import type { MessageName } from '../../../simulators/world/faults.ts';
import { restAfter, TIMEOUT } from '../../../simulators/world/station-node.ts';
import type { Host } from './host.ts';
import type { Lines } from './lines.ts';
import type { Answer, Person } from './person.ts';
import type { Time } from './time.ts';

/** What a person does at a counter, kept until it is answered. */
export interface Deed {
  path: string;
  body: object;
  /** The scenario's name of the order it is about, where a fault may wait for it. */
  order?: string;
  /** Asked again under the same id until it is answered. */
  insist: boolean;
}

export interface Counter {
  /** From now on, over whatever the line does to it. */
  act(deed: Deed): void;
  /** The same once more, without a word. */
  repeat(deed: Deed): void;
  /** The station loses power, or gets it back and goes on with what it had kept. */
  power(on: boolean): void;
  isPowered(): boolean;
  /** Real requests that are under way. */
  asking(): number;
}

/** A station's side of HTTP: every command under an id that is kept, asked again until there is an answer (S5). */
export function createCounter(options: {
  /** The station's line, as {@link lineOf} names it. */
  line: string;
  person: Person;
  host: Host;
  time: Time;
  plan: FaultPlan;
  lines: Lines;
  failed: (error: Error) => void;
}): Counter {
  const { line, person, host, time, plan, lines, failed } = options;
  const kept = new Set<Deed>();
  let powered = true;
  let asking = 0;

  /** One request on its way, without anything of the scenario's: an answer, or a connection that broke. */
  const request = async ({ path, body }: Deed): Promise<Answer | 'broken'> => {
    await host.caughtUp();
    const url = host.url();
    if (!url) return 'broken';
    const patience = new AbortController();
    const stop = time.after(TIMEOUT, () => patience.abort());
    asking += 1;
    try {
      return await person.ask(url, path, body, patience.signal);
    } catch (error) {
      if (host.url() === url && !patience.signal.aborted && !isBroken(error)) failed(error as Error);
      return 'broken';
    } finally {
      asking -= 1;
      stop();
    }
  };

  const faultsOf = (order: string | undefined, message: MessageName) => {
    let late = 0;
    let lost = false;
    let reset = false;
    let twice: number | undefined;
    for (const { index, fault } of order === undefined ? [] : plan.onMessage(order, message)) {
      if (fault.fault === 'CAR-WRONG') continue;
      if (fault.fault === 'NET-DUP' && message === 'http.reply') continue;
      plan.hit(index, []);
      if (fault.fault === 'NET-DELAY') late += fault.byMs;
      else if (fault.fault === 'NET-DUP') twice = fault.afterMs;
      else if (fault.fault === 'NET-RESET') reset = true;
      else lost = true;
    }
    return { late, lost, reset, twice };
  };

  const later = (ms: number, act: () => void) => (ms > 0 ? void time.after(ms, act) : act());

  /** Sends it over the line; `told` hears of the answer, or of a break, or never. */
  const send = (deed: Deed, told: (answer: Answer | 'broken') => void) => {
    const { late, lost, twice } = faultsOf(deed.order, 'http.command');
    const once = (heard: typeof told) =>
      lines.carry(line, 'up', () => {
        request(deed).then((answer) => {
          if (answer === 'broken') return heard(answer);
          const back = faultsOf(deed.order, 'http.reply');
          if (back.lost) return;
          if (back.reset) return heard('broken');
          later(back.late, () => lines.carry(line, 'down', () => heard(answer)));
        }, failed);
      });
    if (twice !== undefined) time.after(twice, () => once(() => {}));
    if (!lost) later(late, () => once(told));
  };

  /** No answer will ever come: a day of asking would prove nothing more. */
  const isCutForEver = () => time.isHealed() && !(lines.isOpen(line, 'up') && lines.isOpen(line, 'down'));

  /** Until it is answered. A station without power forgets what it heard, not what it has to ask. */
  const insist = (deed: Deed, tries = 1) => {
    if (!powered || !kept.has(deed)) return;
    let over = false;
    const again = (ms: number) => {
      if (over) return;
      over = true;
      stop();
      if (deed.insist && !isCutForEver()) time.after(ms, () => insist(deed, tries + 1));
      else kept.delete(deed);
    };
    const stop = time.after(TIMEOUT, () => again(restAfter(tries)));
    send(deed, (answer) => {
      if (answer === 'broken') return again(restAfter(tries));
      if (over) return;
      over = true;
      stop();
      // A refusal is an answer, whatever its number; a failure inside says nothing of the order.
      if (answer.body.code !== 'platform.internal') kept.delete(deed);
      else time.after(restAfter(tries), () => insist(deed, tries + 1));
    });
  };

  return {
    act(deed) {
      if (!powered) return;
      kept.add(deed);
      insist(deed);
    },
    repeat(deed) {
      if (powered) send(deed, () => {});
    },
    power(on) {
      powered = on;
      if (on) for (const deed of kept) insist(deed);
    },
    isPowered: () => powered,
    asking: () => asking,
  };
}

/** The platform's end of the connection went away, or never was there: what `fetch` rejects with. */
const isBroken = (error: unknown) => error instanceof TypeError || (error as Error).name === 'AbortError';
