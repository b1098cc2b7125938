import type { Broker } from './broker.ts';
import type { Location, Locations } from './location.ts';
import type { PlatformNode } from './platform-node.ts';
import type { VirtualTime } from './virtual-time.ts';

export interface SilenceOptions {
  time: VirtualTime;
  locations: Locations;
  broker: Broker;
  platform: () => PlatformNode;
}

/** Who listens whether the places are still there. */
export interface Silence {
  /** From now on somebody listens for this place, until it is there again or counts as gone. */
  watch(name: string): void;
  /** This place is listened for as the platform listens for everybody: every beat is sent, every silence looked at. */
  beatAloud(place: Location, until: number): void;
}

/** How often the platform looks who is silent, ms. */
const LOOK_EVERY = 10_000;
/** So many looks without a word, and a place counts as gone whatever was heard last. */
const GONE_AFTER = 6;

/** Listens only where somebody may not be there; the rest beat unheard. */
export function createSilence({ time, locations, broker, platform }: SilenceOptions): Silence {
  const watched = new Set<string>();
  return {
    watch(name) {
      if (watched.has(name)) return;
      watched.add(name);
      let looks = 0;
      const look = () => {
        const place = locations.get(name);
        const isThere = place?.node.online && place.line.isOpen('up') && broker.isUp;
        // Once it has been found gone there is nothing more to hear; a platform that starts anew listens anew.
        if (!place || isThere || looks > GONE_AFTER) return void watched.delete(name);
        if (platform().up && !platform().paused) looks++;
        platform().listen(name);
        time.after(LOOK_EVERY, look);
      };
      time.after(LOOK_EVERY, look);
    },
    beatAloud({ node, line }, until) {
      const beat = () => {
        if (time.now() > until) return;
        if (line.isOpen('up')) node.beat();
        platform().listen(node.name);
        time.after(LOOK_EVERY, beat);
      };
      time.after(LOOK_EVERY, beat);
    },
  };
}
