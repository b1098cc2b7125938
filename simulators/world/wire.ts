import type { Chronicle } from './chronicle.ts';
import type { FaultOf, FaultPlan, Planned } from './fault-plan.ts';
import { MESSAGES, type MessageName } from './faults.ts';
import { lotBetween } from './keyed.ts';
import type { Names } from './names.ts';
import { spoil } from './spoil.ts';
import type { VirtualTime } from './virtual-time.ts';

/** What one line needs to know of a message that it carries. */
export interface Parcel {
  /** The line and direction, e.g. `cp.china-mobile.1>`: what goes along it stays in order. */
  line: string;
  from: string;
  to: string;
  text: string;
  message: MessageName | undefined;
  /** The scenario's name of the order it is about. */
  order: string | undefined;
  /** It arrives exactly then, ms: for races. */
  arriveAt?: number;
  /** Called when it arrives; the text may have suffered. */
  deliver(text: string): void;
  /** Only of `http.reply`: the connection breaks instead. */
  reset?(): void;
}

export interface Wire {
  send(parcel: Parcel): void;
}

export interface WireOptions {
  seed: number;
  linkMs: readonly [number, number];
  time: VirtualTime;
  plan: FaultPlan;
  names: Names;
  chronicle: Chronicle;
  /** The order's state just now, as a column of the matrix. */
  columnOf(order: string): string;
  /** Whether the platform's questions never arrive in this world. */
  withoutInquiry(): boolean;
}

/**
 * Every message about anything goes through here: it takes its time, keeps its place in its line, and suffers what the
 * scenario says. Nothing else drops, repeats, delays or spoils a message.
 */
export function createWire(options: WireOptions): Wire {
  const { seed, linkMs, time, plan, chronicle, columnOf } = options;
  const [least, most] = linkMs;
  /** When the latest message of a line arrives: nothing overtakes, unless a fault says so. */
  const lines = new Map<string, number>();
  const sent = new Map<string, number>();

  function travel(parcel: Parcel, text: string, wait: number, overtaken: boolean, fault?: number): void {
    const n = (sent.get(parcel.line) ?? 0) + 1;
    sent.set(parcel.line, n);
    let at = time.now() + wait + lotBetween(seed, `${parcel.line}${n}`, least, most);
    if (parcel.arriveAt !== undefined) at = Math.max(parcel.arriveAt, time.now());
    else if (!overtaken) {
      at = Math.max(at, lines.get(parcel.line) ?? 0);
      lines.set(parcel.line, at);
    }
    note(parcel, { arrivesAt: at, ...(fault === undefined ? {} : { fault }) });
    time.after(at - time.now(), () => {
      chronicle.digest(text);
      parcel.deliver(text);
    });
  }

  function note(parcel: Parcel, more: { arrivesAt?: number; lost?: boolean; fault?: number }): void {
    chronicle.note(() => ({
      lane: parcel.from,
      to: parcel.to,
      what: parcel.message ?? 'message',
      ...(parcel.order ? { order: parcel.order, state: columnOf(parcel.order) } : {}),
      detail: parcel.text,
      ...more,
    }));
  }

  function suffer(
    parcel: Parcel,
    hits: readonly Planned<FaultOf<'NET-DROP' | 'NET-DUP' | 'NET-DELAY' | 'NET-RESET' | 'CAR-WRONG'>>[],
  ): void {
    const column = columnOf(parcel.order ?? '');
    let text = parcel.text;
    let delay = 0;
    let cause: number | undefined;
    for (const { index, fault } of hits) {
      cause = index;
      // The second one counts when it arrives.
      if (fault.fault === 'NET-DUP') continue;
      if (fault.fault === 'CAR-WRONG') {
        const wrong = spoil(text, fault.how);
        // Where there is nothing that could be wrong in this way, nothing is.
        if (wrong !== text) plan.hit(index, [column]);
        text = wrong;
        continue;
      }
      plan.hit(index, [column]);
      if (fault.fault === 'NET-DROP') return note(parcel, { lost: true, fault: index });
      if (fault.fault === 'NET-RESET') {
        note(parcel, { lost: true, fault: index });
        const { reset } = parcel;
        if (reset) time.after(least, reset);
        return;
      }
      if (fault.fault === 'NET-DELAY') delay = Math.max(delay, fault.byMs);
    }
    travel(parcel, text, delay, delay > 0, cause);
    for (const { index, fault } of hits)
      if (fault.fault === 'NET-DUP') {
        const deliver = (again: string) => {
          plan.hit(index, [columnOf(parcel.order ?? '')]);
          parcel.deliver(again);
        };
        travel({ ...parcel, deliver }, text, fault.afterMs, true, index);
      }
  }

  return {
    send(parcel) {
      const { order, message } = parcel;
      if (message?.endsWith('.inquire') && options.withoutInquiry()) return note(parcel, { lost: true });
      const hits = order !== undefined && message !== undefined ? plan.onMessage(order, message) : [];
      if (hits.length > 0) suffer(parcel, hits);
      else travel(parcel, parcel.text, 0, false);
    },
  };
}

/** By themselves: a name that is cut out of a text would keep all of the text. */
const KNOWN = new Map<string, MessageName>(MESSAGES.map((name) => [name, name]));

/** The name of a message by its envelope's type, without decoding the envelope: this is asked of every message. */
export function messageOf(text: string): MessageName | undefined {
  const at = text.indexOf('"type":"yizhan.');
  if (at < 0) return undefined;
  return KNOWN.get(text.slice(at + 15, text.indexOf('"', at + 15)));
}

/** The order's id that a message names, without decoding it. */
export function correlationOf(text: string): string | undefined {
  const at = text.indexOf('"correlationid":"');
  return at < 0 ? undefined : text.slice(at + 17, text.indexOf('"', at + 17));
}
