/**
 * Inside the world there is no clock, chance or timer but its own: whoever reaches for one of these gets an error that names
 * it, at the place where it happens, instead of a run that can not be repeated.
 */
const FORBIDDEN: readonly (readonly [owner: string, member: string])[] = [
  ['globalThis', 'Date'],
  ['globalThis', 'setTimeout'],
  ['globalThis', 'setInterval'],
  ['globalThis', 'setImmediate'],
  ['globalThis', 'queueMicrotask'],
  ['globalThis', 'fetch'],
  ['globalThis', 'WeakRef'],
  ['globalThis', 'FinalizationRegistry'],
  ['Math', 'random'],
  ['Math', 'log'],
  ['Math', 'exp'],
  ['Math', 'pow'],
  ['Math', 'sin'],
  ['performance', 'now'],
  ['crypto', 'randomUUID'],
  ['crypto', 'getRandomValues'],
  ['process', 'hrtime'],
  ['process', 'nextTick'],
];

/** Runs `act`, which is synchronous, without them; afterwards they are as before. */
export function withoutGlobals<T>(act: () => T): T {
  const restore = FORBIDDEN.map(([owner, member]) => forbid(owner, member));
  try {
    return act();
  } finally {
    for (const undo of restore.reverse()) undo();
  }
}

function forbid(owner: string, member: string): () => void {
  const holder = (owner === 'globalThis' ? globalThis : Reflect.get(globalThis, owner)) as object;
  const before = Object.getOwnPropertyDescriptor(holder, member);
  const name = owner === 'globalThis' ? member : `${owner}.${member}`;
  Object.defineProperty(holder, member, {
    configurable: true,
    writable: true,
    value: function forbidden(): never {
      throw new Error(
        `${name} may not be used inside the simulated world: time and chance come from its ports`,
      );
    },
  });
  return () => {
    if (before) Object.defineProperty(holder, member, before);
    else Reflect.deleteProperty(holder, member);
  };
}
