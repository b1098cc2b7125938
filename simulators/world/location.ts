import type { Line } from './line.ts';
import type { PlaceNode } from './place-node.ts';

/** Where a place of the network stands. */
export interface Location {
  node: PlaceNode;
  line: Line;
  /** Its lane in the story: `carrier`, `printer 1`. */
  lane: string;
  /** The fault by which its clock is wrong: its index in the scenario. */
  skew: number | undefined;
}

/** By the place's name: `dev.51010001.1.printer`. */
export type Locations = ReadonlyMap<string, Location>;
