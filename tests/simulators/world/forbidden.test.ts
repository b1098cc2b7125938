import { describe, expect, test } from 'vitest';
import { withoutGlobals } from '../../../simulators/world/forbidden.ts';

/** Each of them, used as code would: inside the world and outside. */
const USES: { [name: string]: () => unknown } = {
  Date: () => new Date(0),
  setTimeout: () => clearTimeout(setTimeout(() => {}, 0)),
  setInterval: () => clearInterval(setInterval(() => {}, 1_000)),
  setImmediate: () => clearImmediate(setImmediate(() => {})),
  queueMicrotask: () => queueMicrotask(() => {}),
  fetch: () => fetch,
  WeakRef: () => new WeakRef({}),
  FinalizationRegistry: () => new FinalizationRegistry(() => {}),
  'Math.random': () => Math.random(),
  'Math.log': () => Math.log(2),
  'Math.exp': () => Math.exp(2),
  // The operator ** is not the function, and a linter would have it.
  'Math.pow': () => Reflect.get(Math, 'pow')(2, 3),
  'Math.sin': () => Math.sin(2),
  'performance.now': () => performance.now(),
  'crypto.randomUUID': () => crypto.randomUUID(),
  'crypto.getRandomValues': () => crypto.getRandomValues(new Uint8Array(1)),
  'process.hrtime': () => process.hrtime(),
  'process.nextTick': () => process.nextTick(() => {}),
};
const NAMES = Object.keys(USES);

/** What stands at a name now. */
function found(name: string): { value: unknown; own: PropertyDescriptor | undefined } {
  const [owner, member] = name.includes('.') ? name.split('.') : ['globalThis', name];
  const holder = (owner === 'globalThis' ? globalThis : Reflect.get(globalThis, owner ?? '')) as object;
  return {
    value: Reflect.get(holder, member ?? ''),
    own: Object.getOwnPropertyDescriptor(holder, member ?? ''),
  };
}

const ofAll = () => NAMES.map((name) => ({ name, ...found(name) }));

describe('inside the world there is no clock, chance or timer but its own', () => {
  test.each(NAMES)('%s throws, and names itself', (name) => {
    const use = name === 'fetch' ? () => void fetch('http://127.0.0.1:9') : USES[name];
    expect(() => withoutGlobals(() => use?.())).toThrow(`${name} may not be used inside the simulated world`);
  });

  test('also as a plain call, by a name that was looked up, and as Date.now', () => {
    expect(() => withoutGlobals(() => Date())).toThrow('Date may not be used');
    expect(() => withoutGlobals(() => Reflect.get(globalThis, 'setTimeout')(() => {}, 0))).toThrow(
      'setTimeout may not',
    );
    expect(() => withoutGlobals(() => Date.now())).toThrow();
  });

  test('what stays is whole: arithmetic without chance, and what act returns', () => {
    expect(withoutGlobals(() => Math.max(2, Math.floor(3.7)))).toBe(3);
  });
});

describe('outside they are whole again', () => {
  test.each(NAMES)('%s works as before, and is the very same thing', (name) => {
    const before = found(name);
    withoutGlobals(() => expect(found(name).value).not.toBe(before.value));
    const after = found(name);
    expect(after.value).toBe(before.value);
    expect(after.own).toEqual(before.own);
    expect(() => USES[name]?.()).not.toThrow();
  });

  test('after an exception of the world’s own, which comes through, and after one of theirs', () => {
    const before = ofAll();
    const own = new Error('a rule is broken');
    expect(() =>
      withoutGlobals(() => {
        throw own;
      }),
    ).toThrow(own);
    expect(ofAll()).toEqual(before);
    expect(() => withoutGlobals(() => Math.random())).toThrow('Math.random');
    expect(ofAll()).toEqual(before);
    for (const name of NAMES) expect(() => USES[name]?.()).not.toThrow();
  });

  test('after a world within a world: the outer one still forbids, then nothing does', () => {
    const before = ofAll();
    withoutGlobals(() => {
      withoutGlobals(() => 1);
      expect(() => Math.random()).toThrow('Math.random');
    });
    expect(ofAll()).toEqual(before);
  });
});
