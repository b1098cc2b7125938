import type { Block } from '../../platform/runtime/block.ts';
import type { Observer } from '../checker/observation.ts';
import type { Chronicle } from './chronicle.ts';
import type { Disk } from './disk.ts';
import type { Fate } from './fates.ts';
import type { PlatformClock } from './platform-clock.ts';
import type { VirtualTime } from './virtual-time.ts';

/** What the platform's process has of the world around it. */
export interface PlatformPorts {
  time: VirtualTime;
  clock: PlatformClock;
  disk: Disk;
  observer: Observer;
  chronicle: Chronicle;
  /** A snapshot after so many records. */
  snapshotEvery: number;
  /** How long this commit takes, ms. */
  diskMs(block: Block): number;
  fateOf(block: Block): Fate;
  /** How long it stays down, where it was to be so long, ms. */
  downFor(ms: number): number;
  /** A message leaves for the broker. */
  publish(topic: string, text: string): void;
  /** Somebody was born: this place must hear the time before anything else. */
  tellTime(place: string, text: string): void;
  changed(outlet: string, order: string | undefined): void;
  alert(code: string, about: string): void;
  /** It lives again; whoever has said something lately says so. */
  started(): void;
  died(): void;
}
