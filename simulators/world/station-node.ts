import type { Principal } from '../../platform/core/authorize.ts';
import type { Command } from '../../platform/core/input.ts';
import type { Reply } from '../../platform/runtime/runtime.ts';
import type { Intent, Observer } from '../checker/observation.ts';
import type { Chronicle } from './chronicle.ts';
import type { Line } from './line.ts';
import { createFollowing, type OpenOrder, openOrder, paysCash } from './open-order.ts';
import type { PlatformNode } from './platform-node.ts';
import type { VirtualTime } from './virtual-time.ts';
import type { Wire } from './wire.ts';

export interface StationOptions {
  time: VirtualTime;
  wire: Wire;
  line: Line;
  observer: Observer;
  chronicle: Chronicle;
  platform: PlatformNode;
  principal: Extract<Principal, { kind: 'person' }>;
  /** Its place in the story: `station 1`, `office`. */
  lane: string;
  /** Whether it sends an unanswered order again. */
  retries: boolean;
}

export interface StationNode {
  /** A person asks for something at the counter; `arriveAt`: the command reaches the platform exactly then. */
  take(intent: Intent, command: OrderCommand, arriveAt?: number): void;
  /** The teller presses once more, under the same id; returns whether there was anything to press for. */
  pressAgain(order: string): boolean;
  /** Anything else that a person asks for; nobody waits for the answer. */
  ask(order: string, command: Command): void;
  /** The platform says that something moved at this outlet. */
  pushed(order: string | undefined): void;
  /** The page has a connection again: it looks at everything that it waits for. */
  reconnected(): void;
  /** The platform's process died: whoever waited for an answer sees the connection break. */
  platformDied(): void;
  /** The power fails; what was minted is kept. */
  crash(): void;
  boot(): void;
  readonly alive: boolean;
  /** Nothing here waits for an answer that may still come. */
  settled(): boolean;
}

export type OrderCommand = Extract<Command, { id: string }>;

/** How long a request waits for its answer, ms. */
export const TIMEOUT = 30_000;
const RETRY = [2_000, 5_000, 10_000, 30_000, 60_000, 120_000, 240_000];
/** How long a station rests before it sends an order again that has been sent so often (1, 2, …) without an answer, ms. */
export const restAfter = (tries: number): number => RETRY[Math.min(tries, RETRY.length) - 1] ?? 0;
/** A connection that has broken is noticed so soon, ms. */
const BREAK = 20;
/** After so many attempts in vain the line is down: no more money is taken until it is answered. */
const LINE_IS_DOWN = 7;

/** A station's client: mints an id, keeps it, sends until it is answered, and watches until the end is known. */
export function createStation(options: StationOptions): StationNode {
  const { time, wire, line, observer, chronicle, platform, principal, lane, retries } = options;
  const opens = new Map<string, OpenOrder>();
  let requests = 0;
  let life = 0;
  let alive = true;

  const later = (ms: number, act: () => void) => {
    const own = life;
    time.after(ms, () => own === life && alive && act());
  };

  const { tell, learn, watch, read } = createFollowing({
    ...options,
    outlet: principal.organisation,
    life: () => life,
    later,
    ended: (open) => void opens.delete(open.intent.order),
  });

  function send(open: OpenOrder, arriveAt?: number): void {
    if (!alive) return;
    const { command } = open;
    const own = ++requests;
    open.request = own;
    open.tries++;
    if (open.state === 'unsent') open.state = 'sent';
    later(TIMEOUT, () => own === open.request && unanswered(open));
    const reset = () => own === open.request && alive && unanswered(open);
    line.pass('up', () =>
      wire.send({
        line: `${lane}>`,
        from: lane,
        to: 'platform',
        text: command.type,
        message: 'http.command',
        order: open.intent.name,
        ...(arriveAt === undefined ? {} : { arriveAt }),
        reset,
        deliver: () => {
          const reached = platform.command(
            principal,
            command,
            (reply) => answer(open, own, reply, reset),
            () => observer.submitted(time.now(), open.intent.order),
          );
          if (!reached) later(BREAK, reset);
        },
      }),
    );
  }

  function answer(open: OpenOrder, request: number, reply: Reply, reset: () => void): void {
    const text = JSON.stringify(reply);
    const state = reply.order?.state ?? (reply.ok ? 'succeeded' : 'refused');
    const problem = reply.ok ? undefined : reply.code;
    tell(open, state, text, problem);
    line.pass('down', () =>
      wire.send({
        line: `${lane}<`,
        from: 'platform',
        to: lane,
        text,
        message: 'http.reply',
        order: open.intent.name,
        reset,
        deliver: () => {
          if (!alive || request !== open.request) return;
          open.request = 0;
          learn(open, state);
        },
      }),
    );
  }

  /** No answer: it is not known whether anything arrived, so the same id goes out again. */
  function unanswered(open: OpenOrder): void {
    open.request = 0;
    if (open.state === 'ended') return;
    if (!retries) return watch(open);
    later(restAfter(open.tries), () => open.state !== 'ended' && open.request === 0 && send(open));
  }

  /** Whether it looks for the order itself, and no request is under way that will tell. */
  const waits = (open: OpenOrder) => open.state === 'known' || (!retries && open.request === 0);

  const isDown = () => {
    for (const open of opens.values()) if (open.state === 'sent' && open.tries >= LINE_IS_DOWN) return true;
    return false;
  };

  return {
    take(intent, command, arriveAt) {
      if (!alive || isDown()) return;
      observer.intended(time.now(), intent);
      if (paysCash(intent)) observer.cash(time.now(), intent.order, intent.fen);
      chronicle.note(() => ({
        lane,
        what: paysCash(intent) ? 'takes cash' : `asks for ${intent.do}`,
        order: intent.name,
        detail: JSON.stringify(intent),
      }));
      const open = openOrder(intent, command);
      opens.set(intent.order, open);
      send(open, arriveAt);
    },
    pressAgain(order) {
      const open = opens.get(order);
      if (!open || !alive) return false;
      send(open);
      return true;
    },
    ask(order, command) {
      if (!alive || !line.isOpen('up')) return;
      chronicle.note(() => ({ lane, what: command.type, detail: order }));
      time.after(5, () => {
        platform.command(principal, command, () => {});
      });
    },
    pushed(order) {
      if (!alive || order === undefined || !line.isOpen('down')) return;
      const open = opens.get(order);
      if (open && waits(open)) read(open);
    },
    reconnected() {
      if (!alive || !line.isOpen('up') || !line.isOpen('down')) return;
      for (const open of opens.values()) if (waits(open)) read(open);
    },
    platformDied() {
      for (const open of opens.values())
        if (open.request > 0) {
          const own = open.request;
          later(BREAK, () => own === open.request && unanswered(open));
        }
    },
    crash() {
      alive = false;
      life++;
      for (const open of opens.values()) {
        open.request = 0;
        open.reading = false;
      }
    },
    boot() {
      if (alive) return;
      alive = true;
      life++;
      for (const open of opens.values()) {
        open.looks = 0;
        if (retries) send(open);
        else watch(open);
      }
    },
    get alive() {
      return alive;
    },
    settled: () => !alive || opens.size === 0,
  };
}
