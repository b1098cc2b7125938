import type { Intent, Observer } from '../checker/observation.ts';
import type { Chronicle } from './chronicle.ts';
import type { Line } from './line.ts';
import type { PlatformNode } from './platform-node.ts';
import type { OrderCommand } from './station-node.ts';
import type { VirtualTime } from './virtual-time.ts';

/** An order that a station has taken, until it knows how it ended. */
export interface OpenOrder {
  intent: Intent;
  command: OrderCommand;
  state: 'unsent' | 'sent' | 'known' | 'ended';
  tries: number;
  looks: number;
  reading: boolean;
  /** The request under way; a later one makes it void. */
  request: number;
}

export const openOrder = (intent: Intent, command: OrderCommand): OpenOrder => ({
  intent,
  command,
  state: 'unsent',
  tries: 0,
  looks: 0,
  reading: false,
  request: 0,
});

export interface FollowingOptions {
  time: VirtualTime;
  line: Line;
  observer: Observer;
  chronicle: Chronicle;
  platform: PlatformNode;
  outlet: string;
  /** The station's place in the story. */
  lane: string;
  /** Another number after the power has failed, and after it is back. */
  life(): number;
  /** Calls `act` after so many ms, unless the power has failed by then. */
  later(ms: number, act: () => void): void;
  /** Nothing more is waited for. */
  ended(open: OpenOrder): void;
}

/** The customer gives the teller money for it. */
export const paysCash = (intent: Intent) => intent.do === 'topup' || intent.do === 'card';

/** How a station finds out what became of an order that the platform has taken. */
export interface Following {
  /** What the platform said is said, whether it arrives or not. */
  tell(open: OpenOrder, state: string, text: string, problem?: string): void;
  /** It has arrived. */
  learn(open: OpenOrder, state: string): void;
  /** Looks at the order now and then. */
  watch(open: OpenOrder): void;
  /** Looks at it now. */
  read(open: OpenOrder): void;
}

/** The pauses before an order is looked at, again and again; the last stays. In ms. */
const LOOK = [10_000, 30_000, 60_000, 240_000, 900_000, 3_600_000];
/** A change is looked at so soon, ms; what changes meanwhile is seen by the same look. */
const SOON = 500;
/** An answer to a look is on its way for so long, ms. */
const ANSWERS = 5;

export function createFollowing(options: FollowingOptions): Following {
  const { time, line, observer, chronicle, platform, outlet, lane, life, later, ended } = options;

  function tell(open: OpenOrder, state: string, text: string, problem?: string): void {
    observer.told(time.now(), {
      order: open.intent.order,
      outlet,
      state,
      text,
      ...(problem ? { problem } : {}),
    });
  }

  function learn(open: OpenOrder, state: string): void {
    if (open.state === 'ended') return;
    chronicle.note(() => ({
      lane,
      what: 'told',
      order: open.intent.name,
      state,
    }));
    if (state === 'succeeded' || state === 'failed' || state === 'rejected' || state === 'refused') {
      open.state = 'ended';
      ended(open);
      if (state !== 'succeeded' && paysCash(open.intent)) {
        chronicle.note(() => ({ lane, what: 'gives cash back', order: open.intent.name }));
        observer.cash(time.now(), open.intent.order, -open.intent.fen);
      }
      return;
    }
    open.state = 'known';
    watch(open);
  }

  function watch(open: OpenOrder): void {
    const pause = LOOK[Math.min(open.looks++, LOOK.length - 1)] ?? 0;
    const looks = open.looks;
    later(pause, () => {
      if (open.state === 'ended' || looks !== open.looks) return;
      read(open);
      watch(open);
    });
  }

  function read(open: OpenOrder): void {
    if (open.reading || open.state === 'ended' || !line.isOpen('up')) return;
    open.reading = true;
    const own = life();
    time.after(SOON, () => {
      open.reading = false;
      if (own !== life()) return;
      platform.read(open.intent.order, (view) => {
        if (!view) return;
        tell(open, view.state, JSON.stringify(view));
        if (line.isOpen('down')) later(ANSWERS, () => learn(open, view.state));
      });
    });
  }

  return { tell, learn, watch, read };
}
