/**
 * A second opinion on the money (N3): a bank that knows nothing of records, states, wakes or ledgers. It is told what was
 * asked and what the counterparts said, and keeps three numbers an outlet. It shares no code with the platform.
 */
export function naiveBank() {
  const bought = new Map<string, number>();
  const spent = new Map<string, number>();
  const held = new Map<string, { outlet: string; amountFen: number; content: string }>();
  const known = new Map<string, { content: string; ok: boolean }>();
  const purchases = new Map<string, { outlet: string; amountFen: number; day: number; voided: boolean }>();
  let day = 0;

  const of = (sums: Map<string, number>, outlet: string) => sums.get(outlet) ?? 0;
  const heldBy = (outlet: string) => {
    let sum = 0;
    for (const hold of held.values()) if (hold.outlet === outlet) sum += hold.amountFen;
    return sum;
  };
  const available = (outlet: string) => of(bought, outlet) - of(spent, outlet) - heldBy(outlet);

  /** Decides a new id by `rule`; a known one has its first decision, or is a conflict. */
  function decide(id: string, content: string, rule: () => boolean): boolean {
    const before = known.get(id);
    if (before) return before.content === content && before.ok;
    const ok = rule();
    known.set(id, { content, ok });
    return ok;
  }

  return {
    available,
    heldBy,
    balance: (outlet: string) => of(bought, outlet) - of(spent, outlet),
    nextDay() {
      day++;
    },
    pay(
      id: string,
      outlet: string,
      phone: string,
      amountFen: number,
      again: boolean,
      online: boolean,
    ): boolean {
      const content = `pay ${outlet} ${phone} ${amountFen}`;
      return decide(id, content, () => {
        if (!/^13808\d{6}$/.test(phone) || amountFen < 1_000 || amountFen > 50_000 || amountFen % 1_000)
          return false;
        if (!again && [...held.values()].some((hold) => hold.content === content)) return false;
        if (!online || available(outlet) < amountFen) return false;
        held.set(id, { outlet, amountFen, content });
        return true;
      });
    },
    buy(id: string, outlet: string, amountFen: number): boolean {
      return decide(id, `buy ${outlet} ${amountFen}`, () => {
        if (amountFen < 50_000) return false;
        bought.set(outlet, of(bought, outlet) + amountFen);
        purchases.set(id, { outlet, amountFen, day, voided: false });
        return true;
      });
    },
    void(id: string, purchase: string): boolean {
      const target = purchases.get(purchase);
      // A refused purchase is there, too: its void is refused and kept.
      if (!target) {
        if (known.get(purchase)?.content.startsWith('buy ')) decide(id, `void ${purchase}`, () => false);
        return false;
      }
      return decide(id, `void ${purchase}`, () => {
        if (target.voided || target.day !== day || available(target.outlet) < target.amountFen) return false;
        target.voided = true;
        bought.set(target.outlet, of(bought, target.outlet) - target.amountFen);
        return true;
      });
    },
    /** The counterpart did it, or did not: only the first word counts. */
    outcome(id: string, done: boolean): void {
      const hold = held.get(id);
      if (!hold) return;
      held.delete(id);
      if (done) spent.set(hold.outlet, of(spent, hold.outlet) + hold.amountFen);
    },
  };
}

export type NaiveBank = ReturnType<typeof naiveBank>;
