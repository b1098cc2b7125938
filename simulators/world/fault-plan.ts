import type { Fault, FaultName, MessageName } from './faults.ts';
import type { Receipt } from './result.ts';

export type Planned<F extends Fault = Fault> = { index: number; fault: F };
export type FaultOf<N extends FaultName> = Extract<Fault, { fault: N }>;

type MessageFault = FaultOf<'NET-DROP' | 'NET-DUP' | 'NET-DELAY' | 'NET-RESET' | 'CAR-WRONG'>;

/** The faults of a scenario, found by what they wait for, and the receipts of those that hit. */
export interface FaultPlan {
  /** Whether any message of this order is waited for; the rest need not be looked into. */
  concerns(order: string): boolean;
  /** The message of this name about the order is about to leave: the faults that hit this very one. */
  onMessage(order: string, message: MessageName): readonly Planned<MessageFault>[];
  /** The faults of these kinds about an order. */
  ofOrder<N extends FaultName>(order: string, ...kinds: N[]): readonly Planned<FaultOf<N>>[];
  /** All of these kinds. */
  all<N extends FaultName>(...kinds: N[]): readonly Planned<FaultOf<N>>[];
  /** It has really hit something: the states of the orders that were hit, or of all that live. */
  hit(index: number, states: readonly string[]): void;
  /** Whether it has hit already, for what hits once. */
  hasHit(index: number): boolean;
  /** From here on nothing new goes wrong. */
  end(): void;
  isOn(): boolean;
  receipts(): Receipt[];
}

const MESSAGE_FAULTS = new Set<FaultName>(['NET-DROP', 'NET-DUP', 'NET-DELAY', 'NET-RESET', 'CAR-WRONG']);

export function createFaultPlan(faults: readonly Fault[], now: () => number): FaultPlan {
  const byOrder = new Map<string, Planned[]>();
  const byKind = new Map<FaultName, Planned[]>();
  const concerned = new Set<string>();
  const seen = new Map<string, number>();
  const receipts = new Map<number, Receipt>();
  let over = false;

  for (const [index, fault] of faults.entries()) {
    const planned = { index, fault };
    add(byKind, fault.fault, planned);
    if (!('order' in fault)) continue;
    add(byOrder, fault.order, planned);
    if (MESSAGE_FAULTS.has(fault.fault) || fault.fault === 'CAR-DUP-CB') concerned.add(fault.order);
  }

  return {
    concerns: (order) => concerned.has(order),
    onMessage(order, message) {
      if (over || !concerned.has(order)) return NONE;
      const key = `${order} ${message}`;
      const nth = (seen.get(key) ?? 0) + 1;
      seen.set(key, nth);
      const found = (byOrder.get(order) ?? NONE).filter(
        ({ fault }) =>
          MESSAGE_FAULTS.has(fault.fault) &&
          (fault as MessageFault).message === message &&
          ((fault as MessageFault).nth ?? 1) === nth,
      );
      return found as Planned<MessageFault>[];
    },
    ofOrder(order, ...kinds) {
      if (over) return NONE;
      const found = byOrder.get(order);
      return found ? (found.filter(({ fault }) => kinds.includes(fault.fault as never)) as never) : NONE;
    },
    all(...kinds) {
      if (over) return NONE;
      return kinds.flatMap((kind) => byKind.get(kind) ?? []) as never;
    },
    hit(index, states) {
      const fault = faults[index];
      if (!fault) return;
      const known = receipts.get(index);
      if (!known) receipts.set(index, { index, fault: fault.fault, at: now(), states: [...new Set(states)] });
      else for (const state of states) if (!known.states.includes(state)) known.states.push(state);
    },
    hasHit: (index) => receipts.has(index),
    end() {
      over = true;
    },
    isOn: () => !over,
    receipts: () => [...receipts.values()].sort((a, b) => a.index - b.index),
  };
}

const NONE: readonly never[] = [];

function add(map: Map<string, Planned[]>, key: string, planned: Planned): void {
  const list = map.get(key);
  if (list) list.push(planned);
  else map.set(key, [planned]);
}
