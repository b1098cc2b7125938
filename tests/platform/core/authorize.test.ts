import { describe, expect, test } from 'vitest';
import { type Action, authorize, type Principal } from '../../../platform/core/authorize.ts';
import type { Role, State } from '../../../platform/core/state.ts';
import { emptyState } from '../../../platform/core/state.ts';

const PROVINCE = '51000000';
const CITY = '51010000';
const OWN = '51010001';
const OTHER_IN_CITY = '51010002';
const OTHER_CITY = '51070000';
const ELSEWHERE = '51070001';
const OFFICE = '51019901';

function tree(): State {
  const state = emptyState();
  const add = (code: string, kind: 'outlet' | 'office' | 'area', parent?: string) =>
    state.organisations.set(code, { code, kind, name: code, ...(parent ? { parent } : {}) });
  add(PROVINCE, 'area');
  add(CITY, 'area', PROVINCE);
  add(OTHER_CITY, 'area', PROVINCE);
  add(OWN, 'outlet', CITY);
  add(OTHER_IN_CITY, 'outlet', CITY);
  add(OFFICE, 'office', CITY);
  add(ELSEWHERE, 'outlet', OTHER_CITY);
  return state;
}

const ALL: readonly Action[] = [
  'pay',
  'inquire',
  'reprint',
  'readCredit',
  'readOrders',
  'buyCredit',
  'voidCredit',
  'resolve',
  'signIn',
  'readHealth',
  'register',
  'cutDay',
];

const person = (role: Role, organisation: string): Principal => ({
  kind: 'person',
  role,
  organisation,
  station: '1',
  operator: 'X001',
});

/** Every place where a principal may do the action, of all the places there are. */
function placesOf(who: Principal, action: Action): string[] {
  const state = tree();
  return [PROVINCE, CITY, OWN, OTHER_IN_CITY, OFFICE, OTHER_CITY, ELSEWHERE, '99999999'].filter((place) =>
    authorize(state, who, action, place),
  );
}

const table = (who: Principal, may: { [action in Action]?: string[] }) => {
  for (const action of ALL) expect(placesOf(who, action), action).toEqual(may[action] ?? []);
};

describe('ACC-03 every role, every action, every place', () => {
  test.each(['teller', 'supervisor'] as const)('a %s acts in the own outlet only', (role) => {
    const own = [OWN];
    table(person(role, OWN), {
      pay: own,
      inquire: own,
      reprint: own,
      readCredit: own,
      readOrders: own,
      signIn: own,
    });
  });

  test('CRD-01 a clerk sells credit to any outlet, and does nothing else outside the own office', () => {
    const all = [PROVINCE, CITY, OWN, OTHER_IN_CITY, OFFICE, OTHER_CITY, ELSEWHERE, '99999999'];
    const own = [OFFICE];
    table(person('clerk', OFFICE), {
      buyCredit: all,
      voidCredit: all,
      readCredit: all,
      reprint: own,
      readOrders: own,
      signIn: own,
    });
  });

  test('a city’s administrator acts in the city’s tree, not above and not beside it', () => {
    const below = [CITY, OWN, OTHER_IN_CITY, OFFICE];
    table(person('administrator', CITY), {
      inquire: below,
      readCredit: below,
      readOrders: below,
      resolve: below,
      readHealth: below,
      signIn: below,
    });
  });

  test('a province’s administrator acts in the whole province and nowhere unknown', () => {
    expect(placesOf(person('administrator', PROVINCE), 'resolve')).toEqual([
      PROVINCE,
      CITY,
      OWN,
      OTHER_IN_CITY,
      OFFICE,
      OTHER_CITY,
      ELSEWHERE,
    ]);
  });

  test('the platform itself may do everything, and nobody else may register or cut the day', () => {
    for (const action of ALL) expect(placesOf({ kind: 'system' }, action)).toHaveLength(8);
    for (const role of ['teller', 'supervisor', 'clerk', 'administrator'] as const)
      for (const action of ['register', 'cutDay'] as const)
        expect(placesOf(person(role, PROVINCE), action), `${role} ${action}`).toEqual([]);
  });
});
