import { CARD_FLAWS, type Fault, type FaultName, type MessageName } from '../world/faults.ts';
import { instantText } from '../world/scenario-time.ts';
import type { Making } from './generate-fault-parts.ts';

/** What goes wrong with a card, its reader and its utility. */
export const CARD_KINDS = [
  'CARD-PULL',
  'CARD-SWAP',
  'CARD-BAD',
  'CARD-COUNTER',
  'RDR-CRASH',
  'RDR-UNPLUG',
  'UTL-TIMEOUT-ORDERED',
  'UTL-TIMEOUT-NOT',
  'UTL-LOST-REPLY',
  'UTL-DOWN',
  'UTL-NO-SEAL',
  'UTL-NO-CONFIRM',
  'UTL-CRASH',
] as const satisfies FaultName[];

export const CARD_MESSAGES = [
  'http.command',
  'http.reply',
  'utility.order',
  'utility.order.accepted',
  'utility.order.completed',
  'utility.seal',
  'utility.seal.completed',
  'utility.confirm',
  'utility.confirm.completed',
  'utility.cancel',
  'utility.cancel.completed',
  'utility.inquire',
  'utility.inquire.completed',
  'card-reader.read',
  'card-reader.read.completed',
  'card-reader.write',
  'card-reader.write.accepted',
  'card-reader.write.completed',
] as const satisfies MessageName[];

export const VOID_MESSAGES = [
  'utility.orderVoid',
  'utility.orderVoid.accepted',
  'utility.orderVoid.completed',
  'utility.confirmVoid',
  'utility.confirmVoid.completed',
  'utility.cancelVoid',
  'utility.cancelVoid.completed',
  ...CARD_MESSAGES.filter((name) => !/confirm|cancel|utility\.order/.test(name)),
] as const satisfies MessageName[];

/** Ms after the customer came, at which the order is at each of its stages, on usual lines. */
export const STAGES = [2_030, 2_200, 2_600, 2_850, 2_890, 3_200, 3_700, 3_840, 60_000] as const;

/** The faults about a card, its reader and its utility; nothing where the victim has no card. */
export const MAKE_CARD = {
  'CARD-PULL': ofCard((order, m) => ({
    fault: 'CARD-PULL',
    order,
    ...nthOf(m),
    ...commandOf(m, ['read', 'write', 'write']),
    bytes: m.draws.between(`${m.name} bytes`, 0, 52),
    forMs: lastingOf(m),
  })),
  'CARD-SWAP': ofCard((order, m) => ({ fault: 'CARD-SWAP', order, ...nthOf(m), forMs: lastingOf(m) })),
  'CARD-BAD': ofCard((order, m) => ({
    fault: 'CARD-BAD',
    order,
    ...nthOf(m),
    ...commandOf(m, ['read', 'write']),
    how: m.draws.of(`${m.name} how`, CARD_FLAWS),
  })),
  'CARD-COUNTER': ofPurchase((order) => ({ fault: 'CARD-COUNTER', order })),
  'RDR-CRASH': ofCard((order, m) => ({
    fault: 'RDR-CRASH',
    order,
    ...nthOf(m),
    command: command(m),
    forMs: lastingOf(m),
  })),
  'RDR-UNPLUG': ofCard((order, m) => ({
    fault: 'RDR-UNPLUG',
    order,
    ...nthOf(m),
    command: command(m),
    forMs: lastingOf(m),
  })),
  'UTL-TIMEOUT-ORDERED': ofCard((order) => ({ fault: 'UTL-TIMEOUT-ORDERED', order })),
  'UTL-TIMEOUT-NOT': ofCard((order) => ({ fault: 'UTL-TIMEOUT-NOT', order })),
  'UTL-LOST-REPLY': ofCard((order) => ({ fault: 'UTL-LOST-REPLY', order })),
  'UTL-DOWN': ofCard((order) => ({ fault: 'UTL-DOWN', order })),
  'UTL-NO-SEAL': ofPurchase((order, m) => ({
    fault: 'UTL-NO-SEAL',
    order,
    times: m.draws.between(`${m.name} times`, 1, 6),
  })),
  'UTL-NO-CONFIRM': ofPurchase((order, m) => ({
    fault: 'UTL-NO-CONFIRM',
    order,
    times: m.draws.between(`${m.name} times`, 1, 5),
    taken: m.draws.happens(`${m.name} taken`, 0.5),
  })),
  'UTL-CRASH': ofCard((_, m) => {
    const { draws, name, span, victim } = m;
    const at = victim.at + draws.of(`${name} stage`, STAGES) + draws.between(`${name} off`, -25, 25);
    return {
      fault: 'UTL-CRASH',
      at: instantText(span, Math.min(Math.max(at, span.start), span.end - 1)),
      forMs: lastingOf(m),
      ...(draws.happens(`${name} losesJournal`, 0.4) ? { losesJournal: true } : {}),
    };
  }),
} satisfies { [N in (typeof CARD_KINDS)[number]]: (making: Making) => Fault | undefined };

function ofCard(make: (order: string, making: Making) => Fault): (making: Making) => Fault | undefined {
  return (making) => {
    const { plan } = making.victim;
    return plan.do === 'card' || plan.do === 'cardVoid' ? make(plan.name, making) : undefined;
  };
}

/** What is told of a void and sealed for it is by its purchase, in the utility's books. */
function ofPurchase(make: (order: string, making: Making) => Fault): (making: Making) => Fault | undefined {
  return (making) => {
    const { plan } = making.victim;
    return plan.do === 'card' ? make(plan.name, making) : undefined;
  };
}

const nthOf = ({ draws, name }: Making) =>
  draws.happens(`${name} later one`, 0.25) ? { nth: draws.between(`${name} nth`, 2, 3) } : {};

/** A reading is ten commands, a writing twenty-two: what is on the card, the proof, its files, and what is on it then. */
const COMMANDS = { read: 10, write: 22 } as const;

const command = ({ draws, name }: Making, during: 'read' | 'write' = 'write') =>
  draws.between(`${name} command`, 1, COMMANDS[during]);

function commandOf(making: Making, among: readonly ('read' | 'write')[]) {
  const during = making.draws.of(`${making.name} during`, among);
  return { during, command: command(making, during) };
}

const lastingOf = ({ draws, name, span, ever }: Making) =>
  draws.happens(`${name} ever`, ever / 2)
    ? ('ever' as const)
    : Math.max(1, draws.span(`${name} length`, span.end - span.start));
