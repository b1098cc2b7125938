import type { Intent, Observer } from './observation.ts';

/** What stands beside the log: who wanted what, whether the platform lives, what its clock shows. `at` is the world's time, ms. */
export interface Scene {
  /** What was seen of every order, by its id, in the order in which they were asked for. */
  readonly orders: ReadonlyMap<string, SeenOrder>;
  /** Who wanted what, by the order's id. */
  readonly intents: { get(order: string): Intent | undefined };
  /** Since when the platform's process runs; `undefined` while it is down. */
  readonly aliveSince: number | undefined;
  /** Since when its clock runs undisturbed and its process has not stood still. */
  readonly steadySince: number;
  /** When everything was healed, and which outlets must work since; `undefined` before. */
  readonly healed: { at: number; core: ReadonlySet<string>; gone: readonly string[] } | undefined;
  /** The places that are connected: `cp.state-grid.1`. */
  readonly there: ReadonlySet<string>;
  /** The disk is not what was written. */
  readonly isTampered: boolean;
  /** The platform's clock, ms. */
  platformTime(at: number): number;
}

/** An order beside the log: one entry for all that is remembered of it, for a run has tens of thousands. */
export interface SeenOrder {
  intent: Intent | undefined;
  /** L2: its command has reached a platform that lived on or wrote it down. */
  isSubmitted: boolean;
  /** The last state that a station was told, `''` before. */
  told: string;
  /** The last that was news, and since when: a refusal of something else that was asked about the order is no news of it. */
  news: string;
  newsAt: number;
}

/** The scene, and whoever tells it what is observed. */
export function createScene(): { scene: Scene; tell: Partial<Observer> } {
  const orders = new Map<string, SeenOrder>();
  let aliveSince: number | undefined = 0;
  let offset = 0;
  let steadySince = 0;
  let healed: Scene['healed'];
  const there = new Set<string>();
  let isTampered = false;

  function seen(id: string): SeenOrder {
    const known = orders.get(id);
    if (known) return known;
    const fresh = { intent: undefined, isSubmitted: false, told: '', news: '', newsAt: 0 };
    orders.set(id, fresh);
    return fresh;
  }

  return {
    scene: {
      orders,
      intents: { get: (order) => orders.get(order)?.intent },
      get aliveSince() {
        return aliveSince;
      },
      get steadySince() {
        return steadySince;
      },
      get healed() {
        return healed;
      },
      there,
      get isTampered() {
        return isTampered;
      },
      platformTime: (at) => at + offset,
    },
    tell: {
      intended(_, intent) {
        seen(intent.order).intent = intent;
      },
      submitted(_, order) {
        seen(order).isSubmitted = true;
      },
      told(at, { order: id, state }) {
        const order = seen(id);
        order.told = state;
        if (state === order.news || (state === 'refused' && order.news !== '')) return;
        order.news = state;
        order.newsAt = at;
      },
      crashed() {
        aliveSince = undefined;
      },
      recovered(at) {
        aliveSince = at;
      },
      clock(at, platformTime) {
        offset = platformTime - at;
        steadySince = Math.max(steadySince, at);
      },
      paused(at, forMs) {
        steadySince = Math.max(steadySince, at + forMs);
      },
      tampered(_, is) {
        isTampered = is;
      },
      online(_, place, is) {
        if (is) there.add(place);
        else there.delete(place);
      },
      healed(at, core, gone = []) {
        healed = { at, core: new Set(core), gone };
      },
    },
  };
}
