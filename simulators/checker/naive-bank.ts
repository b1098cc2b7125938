/** The simplest bank there is: two numbers an outlet, in fen. It knows no records, states, wakes or ledgers. */
export interface NaiveBank {
  bought(outlet: string, fen: number): void;
  /** An order's money is set aside. A repeat changes nothing. */
  hold(order: string, outlet: string, fen: number): void;
  /** The counterpart did it, or did not; only the first word counts. Returns whether this was it. */
  outcome(order: string, done: boolean): boolean;
  /** That word was never kept: as before it. */
  forget(order: string): void;
  /** That word was kept: what comes now counts no more. */
  close(order: string): void;
  /** Bought less spent, and set aside of it. */
  balance(outlet: string): number;
  held(outlet: string): number;
}

export function naiveBank(): NaiveBank {
  const balance = new Map<string, number>();
  const held = new Map<string, number>();
  const orders = new Map<string, { outlet: string; fen: number; done: boolean | undefined }>();
  const add = (sums: Map<string, number>, outlet: string, fen: number) =>
    sums.set(outlet, (sums.get(outlet) ?? 0) + fen);

  return {
    bought: (outlet, fen) => void add(balance, outlet, fen),
    hold(order, outlet, fen) {
      if (orders.has(order)) return;
      orders.set(order, { outlet, fen, done: undefined });
      add(held, outlet, fen);
    },
    outcome(order, done) {
      const known = orders.get(order);
      if (!known || known.done !== undefined) return false;
      known.done = done;
      add(held, known.outlet, -known.fen);
      if (done) add(balance, known.outlet, -known.fen);
      return true;
    },
    forget(order) {
      const known = orders.get(order);
      if (known?.done === undefined) return;
      add(held, known.outlet, known.fen);
      if (known.done) add(balance, known.outlet, known.fen);
      known.done = undefined;
    },
    close(order) {
      if (orders.get(order)?.done !== undefined) orders.delete(order);
    },
    balance: (outlet) => balance.get(outlet) ?? 0,
    held: (outlet) => held.get(outlet) ?? 0,
  };
}
