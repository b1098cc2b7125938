/**
 * When what must be woken: at most one time a key, earliest first. A wake is derived from the state (an order's next
 * deadline), so none is lost by a crash: whoever rebuilds the state rebuilds the wakes.
 */
export interface Wakes {
  due: Map<string, number>;
  /** A binary heap of [time, key]; entries that `due` no longer names are skipped when they surface. */
  heap: [number, string][];
}

/** The wake that cuts the business day; every other key is an order's id. */
export const DAY_CUT = 'day';

export const noWakes = (): Wakes => ({ due: new Map(), heap: [] });

/** Sets the key's only wake; `undefined` takes it away. */
export function setWake(wakes: Wakes, key: string, at: number | undefined): void {
  if (wakes.due.get(key) === at) return;
  if (at === undefined) {
    wakes.due.delete(key);
    return;
  }
  wakes.due.set(key, at);
  push(wakes.heap, [at, key]);
  // Most wakes are replaced long before they are due: without this the stale ones would pile up for as long.
  if (wakes.heap.length > 2 * wakes.due.size + SLACK) compact(wakes);
}

const SLACK = 64;

function compact(wakes: Wakes): void {
  const live = [...wakes.due].map(([key, at]): [number, string] => [at, key]);
  // A sorted array is a heap.
  wakes.heap = live.sort((a, b) => (before(a, b) ? -1 : 1));
}

/** The earliest wake's time in ms, or `undefined` where nothing waits. */
export function nextWake(wakes: Wakes): number | undefined {
  dropStale(wakes);
  return wakes.heap[0]?.[0];
}

/** Takes and returns one key that is due at `now`; equal times go by key, so that the order never depends on history. */
export function takeDue(wakes: Wakes, now: number): string | undefined {
  dropStale(wakes);
  const top = wakes.heap[0];
  if (!top || top[0] > now) return undefined;
  pop(wakes.heap);
  wakes.due.delete(top[1]);
  return top[1];
}

function dropStale({ due, heap }: Wakes): void {
  for (let top = heap[0]; top && due.get(top[1]) !== top[0]; top = heap[0]) pop(heap);
}

const before = (a: [number, string], b: [number, string]) => a[0] < b[0] || (a[0] === b[0] && a[1] < b[1]);

function push(heap: [number, string][], item: [number, string]): void {
  let i = heap.length;
  heap.push(item);
  while (i > 0) {
    const parent = (i - 1) >> 1;
    const above = heap[parent] as [number, string];
    if (!before(item, above)) break;
    heap[i] = above;
    i = parent;
  }
  heap[i] = item;
}

function pop(heap: [number, string][]): void {
  const last = heap.pop();
  if (!last || heap.length === 0) return;
  let i = 0;
  for (;;) {
    let child = 2 * i + 1;
    if (child >= heap.length) break;
    if (
      child + 1 < heap.length &&
      before(heap[child + 1] as [number, string], heap[child] as [number, string])
    )
      child++;
    const below = heap[child] as [number, string];
    if (!before(below, last)) break;
    heap[i] = below;
    i = child;
  }
  heap[i] = last;
}
