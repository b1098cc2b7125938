/** A durable change: somebody who looks at this outlet, or at this order of it, should look again. */
export interface Change {
  outlet: string;
  order?: string;
}

type Listener = (change: Change) => void;

/** Who looks at what. By outlet, so that a change at one costs nothing for the pages that are open at a thousand others. */
export function createWatchers() {
  const byOutlet = new Map<string | undefined, Set<Listener>>();

  return {
    /** `outlet` undefined: every outlet. The result ends it. */
    add(outlet: string | undefined, listener: Listener): () => void {
      const listeners = byOutlet.get(outlet) ?? new Set();
      byOutlet.set(outlet, listeners.add(listener));
      return () => {
        if (listeners.delete(listener) && listeners.size === 0) byOutlet.delete(outlet);
      };
    },
    tell(change: Change): void {
      for (const outlet of [change.outlet, undefined])
        for (const listener of byOutlet.get(outlet) ?? []) {
          try {
            listener(change);
          } catch (error) {
            // A page that fails is not a fault of the platform: it goes on for everybody else.
            console.error(`a watcher of ${outlet ?? 'every outlet'} failed: ${(error as Error).message}`);
          }
        }
    },
  };
}
