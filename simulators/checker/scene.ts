import type { Intent, Observer } from './observation.ts';

/** What stands beside the log: who wanted what, whether the platform lives, what its clock shows. `at` is the world's time, ms. */
export interface Scene {
  readonly intents: ReadonlyMap<string, Intent>;
  /** Since when the platform's process runs; `undefined` while it is down. */
  readonly aliveSince: number | undefined;
  /** Since when its clock runs undisturbed and its process has not stood still. */
  readonly steadySince: number;
  /** When everything was healed, and which outlets must work since; `undefined` before. */
  readonly healed: { at: number; core: ReadonlySet<string> } | undefined;
  /** The disk is not what was written. */
  readonly isTampered: boolean;
  /** The platform's clock, ms. */
  platformTime(at: number): number;
}

/** The scene, and whoever tells it what is observed. */
export function createScene(): { scene: Scene; tell: Partial<Observer> } {
  const intents = new Map<string, Intent>();
  let aliveSince: number | undefined = 0;
  let offset = 0;
  let steadySince = 0;
  let healed: Scene['healed'];
  let isTampered = false;
  return {
    scene: {
      intents,
      get aliveSince() {
        return aliveSince;
      },
      get steadySince() {
        return steadySince;
      },
      get healed() {
        return healed;
      },
      get isTampered() {
        return isTampered;
      },
      platformTime: (at) => at + offset,
    },
    tell: {
      intended: (_, intent) => void intents.set(intent.order, intent),
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
      healed(at, core) {
        healed = { at, core: new Set(core) };
      },
    },
  };
}
