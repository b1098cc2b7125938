import { describe, expect, it } from 'vitest';
import { problemsOf, readScenario, writeScenario } from '../../../simulators/world/read-scenario.ts';
import type { Scenario } from '../../../simulators/world/scenario.ts';
import { instantOf, instantText, windowEnd } from '../../../simulators/world/scenario-time.ts';

const scenario = (): Scenario => ({
  v: 1,
  seed: 7,
  world: { start: '2026-11-23 20:00:00', hours: 6, stations: 2, creditFen: 100_000 },
  orders: [
    { name: 'a', at: '20:03:12.250', station: 1, do: 'topup', account: '13808001234', fen: 5_000 },
    { name: 'c', at: '20:10', station: 2, do: 'credit', fen: 50_000 },
    { name: 'v', at: '+1d 00:10:00', station: 2, do: 'void', of: 'c' },
  ],
  operations: [{ at: '20:05:00', do: 'reprint', of: 'a' }],
  faults: [
    { fault: 'NET-DROP', order: 'a', message: 'carrier.perform.completed' },
    { fault: 'KSK-CRASH', order: 'a', afterMs: 10, forMs: 'ever' },
    { fault: 'PLT-CRASH', order: 'cut', point: 'afterAppend', forMs: 500 },
  ],
});

/** The scenario with something put in by a path of members. */
const having = (path: (string | number)[], value: unknown): unknown => {
  const whole = scenario() as unknown as Record<string | number, unknown>;
  let at = whole;
  for (const step of path.slice(0, -1)) at = at[step] as Record<string | number, unknown>;
  at[path.at(-1) ?? ''] = value;
  return whole;
};

describe('readScenario', () => {
  it('takes a scenario whose every part fits, as it is', () => {
    const given = scenario();
    expect(readScenario(given)).toBe(given);
  });

  it.each<[(string | number)[], unknown, string]>([
    [['v'], 2, 'v «2» must be the number 1'],
    [['colour'], 'red', 'colour is no member here; allowed are v, seed, world'],
    [['world', 'start'], '2026-02-30 08:00:00', 'world.start «2026-02-30 08:00:00» must be a Shanghai time'],
    [['world', 'start'], '1999-12-31 20:00:00', 'must lie in a year from 2000 to 2099'],
    [['world', 'start'], '2100-01-01 20:00:00', 'must lie in a year from 2000 to 2099'],
    [['world', 'hours'], 0, 'world.hours «0» must be a number above 0'],
    [['world', 'creditFen'], 700, 'world.creditFen «700» must be 0 or at least 50000'],
    [['world', 'linkMs'], [9, 2], 'turn them round'],
    [['world', 'without'], ['inquiries'], 'must be a list of clientRetry, inquiry, operator'],
    [['orders', 0, 'fen'], 50.5, 'orders[0].fen «50.5» must be fen, 1 yuan being 100: a whole number from 1'],
    [['orders', 0, 'fen'], 0, 'orders[0].fen «0» must be'],
    [
      ['orders', 0, 'do'],
      'top-up',
      'must be one of topup, credit, void, card, cardVoid; did you mean «topup»?',
    ],
    [['orders', 0, 'station'], 3, 'orders[0].station «3» must be a station from 1 to 2'],
    [['orders', 0, 'at'], '19:59:59', 'orders[0].at «19:59:59» must lie within the world, 6 hours from'],
    [['orders', 0, 'at'], '+1d 02:00:00', 'must lie within the world'],
    [['orders', 0, 'at'], '8 pm', 'orders[0].at «8 pm» must be an instant such as 08:03:12.250'],
    [['orders', 0, 'conduct'], 'sucess', 'did you mean «success»?'],
    [['orders', 2, 'name'], 'a', 'orders[2].name «a» is there twice'],
    [['orders', 2, 'name'], 'cut', '«cut» means the day cut'],
    [['orders', 2, 'name'], 'probe.1', 'orders[2].name «probe.1» is one that the world gives itself'],
    [['orders', 2, 'name'], 'endow.1', '«endow.1» is one that the world gives itself'],
    [['orders', 2, 'of'], 'a', 'orders[2].of «a» must be the name of a purchase of credit: c'],
    [['orders', 2, 'station'], 1, 'orders[2].station «1» must be that of «c»: 2'],
    [['orders', 2, 'at'], '20:09:00', 'must not be before «c» is bought'],
    [['operations', 0, 'of'], 'b', 'operations[0].of «b» must be the name of an order: one of a, c, v'],
    [['operations', 0], { at: '20:05:00', do: 'inquire', of: 'c' }, 'must be a top-up'],
    [['faults', 0, 'fault'], 'NET-DROPPED', 'faults[0].fault «NET-DROPPED» must be one of NET-DROP, NET-DUP'],
    [
      ['faults', 0, 'message'],
      'carrier.preform',
      'faults[0].message «carrier.preform» must be one of http.command',
    ],
    [['faults', 0, 'message'], 'carrier.preform', 'did you mean «carrier.perform»?'],
    [['faults', 0, 'order'], 'b', 'faults[0].order «b» must be the name of an order: one of a, c, v'],
    [['faults', 0, 'order'], 'c', '«NET-DROP» needs a top-up: «c» never goes to the carrier'],
    [
      ['faults', 0, 'nht'],
      2,
      'faults[0].nht is no member here; allowed are order, message, nth; did you mean «nth»?',
    ],
    [['faults', 1, 'forMs'], 'always', 'faults[1].forMs «always» must be so many ms'],
    [['faults', 2, 'point'], 'later', 'must be one of beforeAppend, afterAppend, midRelease, afterRelease'],
    [
      ['faults', 0],
      { fault: 'NET-RESET', order: 'a', message: 'http.command' },
      'faults[0].message «http.command» must be one of http.reply',
    ],
    [['faults', 0], { fault: 'CUT-RACE', order: 'a' }, 'faults[0].byMs is missing; write ms after the cut'],
    [['faults', 0], { fault: 'CLK-STEP', at: '20:05:00', byMs: 0 }, 'faults[0].byMs «0» moves no clock'],
    [
      ['faults', 0],
      { fault: 'BRK-LWT', at: '20:05:00', station: 3 },
      'faults[0].station «3» must be a station',
    ],
    [['faults'], 'none', 'faults «none» must be a list of faults'],
  ])('%j = %j is named with the value, what is allowed and the remedy', (path, value, said) => {
    const problems = problemsOf(having(path, value));
    expect(problems).toHaveLength(1);
    expect(problems[0]).toContain(said);
  });

  it('tells all that is wrong at once', () => {
    const given = having(['orders', 0, 'fen'], -1) as Scenario;
    given.world.hours = 1_000;
    (given.faults[0] as { message: string }).message = 'http';
    expect(() => readScenario(given)).toThrow(
      /3 problems:\n {2}world\.hours .*\n {2}orders\[0\]\.fen .*\n {2}faults\[0\]/,
    );
  });

  it('shows a phone number only in part', () => {
    expect(problemsOf(having(['orders', 0, 'account'], '138-0800-1234'))[0]).toContain('«138…34»');
  });

  it('two conducts of one order contradict each other', () => {
    const given = scenario();
    given.faults = [
      { fault: 'CAR-DOWN', order: 'a' },
      { fault: 'CAR-PROC-FOREVER', order: 'a' },
    ];
    expect(problemsOf(given)).toEqual([
      'faults[1] «CAR-PROC-FOREVER» contradicts faults[0] «CAR-DOWN» of «a»; leave one of the two out',
    ]);
  });

  it('the carrier changes its mind about an order once', () => {
    const given = scenario();
    const flip = { fault: 'CAR-FLIP', order: 'a', afterMs: 1_000 } as const;
    given.faults = [flip, { ...flip, afterMs: 2_000 }];
    expect(problemsOf(given)).toEqual([
      'faults[1] «CAR-FLIP» is there twice for «a»; the carrier changes its mind once',
    ]);
  });

  describe('of meter cards', () => {
    const withCard = (more: Partial<Scenario> = {}): Scenario => ({
      ...scenario(),
      orders: [
        ...scenario().orders,
        { name: 'k', at: '20:20:00', station: 1, do: 'card', customer: 1, fen: 5_000 },
        { name: 'kv', at: '20:30:00', station: 2, do: 'cardVoid', of: 'k' },
      ],
      faults: [],
      ...more,
    });

    it('takes purchases, their voids, also at another station, and whatever goes wrong with them', () => {
      const faults: Scenario['faults'] = [
        { fault: 'CARD-PULL', order: 'k', during: 'write', command: 12, bytes: 9, forMs: 'ever' },
        { fault: 'UTL-DOWN', order: 'kv' },
        { fault: 'UTL-NO-SEAL', order: 'k', times: 1 },
        { fault: 'NET-DROP', order: 'kv', message: 'utility.orderVoid' },
      ];
      expect(problemsOf(withCard({ faults }))).toEqual([]);
    });

    it.each<[Scenario['faults'][number], string]>([
      [
        { fault: 'CARD-SWAP', order: 'a', forMs: 1 },
        'faults[0] «CARD-SWAP» needs an order on a meter card: «a»',
      ],
      [{ fault: 'NET-DROP', order: 'c', message: 'utility.order' }, 'needs an order on a meter card: «c»'],
      [{ fault: 'CAR-DOWN', order: 'k' }, '«CAR-DOWN» needs a top-up: «k» never goes to the carrier'],
      [{ fault: 'UTL-NO-CONFIRM', order: 'kv', times: 1, taken: true }, 'must be a purchase, such as «k»'],
      [{ fault: 'CARD-COUNTER', order: 'kv' }, 'must be a purchase, such as «k»'],
    ])('%j is named with what it needs', (fault, said) => {
      const problems = problemsOf(withCard({ faults: [fault] }));
      expect(problems).toHaveLength(1);
      expect(problems[0]).toContain(said);
    });

    it('two conducts of the utility with one order contradict each other', () => {
      const faults: Scenario['faults'] = [
        { fault: 'UTL-DOWN', order: 'k' },
        { fault: 'UTL-LOST-REPLY', order: 'k' },
      ];
      expect(problemsOf(withCard({ faults }))).toEqual([
        'faults[1] «UTL-LOST-REPLY» contradicts faults[0] «UTL-DOWN» of «k»; leave one of the two out',
      ]);
    });

    it('a void is of a purchase on a card, and not before it', () => {
      const [a, c, v, k] = withCard().orders as [never, never, never, never];
      const voidOf = (of: string, at = '20:30:00') =>
        problemsOf(withCard({ orders: [a, c, v, k, { name: 'kv', at, station: 1, do: 'cardVoid', of }] }));
      expect(voidOf('c')).toEqual(['orders[4].of «c» must be the name of a purchase on a meter card: k']);
      expect(voidOf('k', '20:19:00')[0]).toContain('must not be before «k» is bought');
    });
  });

  it('a race for the cut, or a crash at it, needs a cut', () => {
    const given = scenario();
    given.world.start = '2026-11-23 08:00:00';
    given.orders = [
      { name: 'a', at: '08:10:00', station: 1, do: 'topup', account: '13808001234', fen: 5_000 },
    ];
    given.operations = [];
    given.faults = [
      { fault: 'CUT-RACE', order: 'a', byMs: 1 },
      { fault: 'PLT-CRASH', order: 'cut', point: 'afterAppend', forMs: 1 },
    ];
    expect(problemsOf(given).map((each) => each.slice(0, 25))).toEqual([
      'faults[0] needs a day cut',
      'faults[1].order «cut»: no',
    ]);
    // There is one, and the order comes hours after it.
    given.world = { ...given.world, start: '2026-11-23 20:00:00' };
    given.orders = given.orders.map((order) => ({ ...order, at: '+1d 01:00:00' }));
    expect(problemsOf(given).map((each) => each.slice(0, 25))).toEqual(['faults[0] needs a day cut']);
  });

  it('a world that starts after the cut has that of the next day', () => {
    const given = scenario();
    given.world = { ...given.world, start: '2026-11-23 22:00:00', hours: 24 };
    given.orders = [
      { name: 'a', at: '22:10:00', station: 1, do: 'topup', account: '13808001234', fen: 5_000 },
    ];
    given.operations = [];
    given.faults = [{ fault: 'CUT-RACE', order: 'a', byMs: 1 }];
    expect(problemsOf(given)).toEqual([]);
    given.world.hours = 23;
    expect(problemsOf(given)).toHaveLength(1);
  });

  it.each([undefined, null, 7, [], 'text'])('%j is no scenario', (value) => {
    expect(problemsOf(value)).toHaveLength(1);
  });
});

describe('writeScenario', () => {
  it('gives the same data back, and the same text for it whatever the order of its members', () => {
    const text = writeScenario(scenario());
    expect(JSON.parse(text)).toEqual(scenario());
    const turned = JSON.parse(text, (_, value) =>
      value && typeof value === 'object' && !Array.isArray(value)
        ? Object.fromEntries(Object.entries(value).reverse())
        : value,
    );
    expect(writeScenario(turned)).toBe(text);
    expect(text).toContain('\n    { "fault": "KSK-CRASH", "order": "a", "afterMs": 10, "forMs": "ever" },\n');
  });
});

describe('the times of a scenario', () => {
  it('are Shanghai times of the first day, or of a later one', () => {
    const given = scenario();
    expect(instantOf(given, '20:03:12.250')).toBe(Date.parse('2026-11-23T12:03:12.250Z'));
    expect(instantOf(given, '+1d 00:10')).toBe(Date.parse('2026-11-23T16:10:00.000Z'));
    expect(windowEnd(given)).toBe(Date.parse('2026-11-23T18:00:00.000Z'));
    for (const at of ['20:03:12.250', '+1d 00:10:00', '20:00:00.001'])
      expect(instantText(given, instantOf(given, at))).toBe(at);
  });

  it('an instant that is none is an error that says how to write one', () => {
    expect(() => instantOf(scenario(), '24:00:00')).toThrow('write it like this: 08:03:12.250');
  });
});
