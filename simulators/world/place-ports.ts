import type { VirtualTime } from './virtual-time.ts';

/** What a place has of the world around it. */
export interface PlacePorts {
  time: VirtualTime;
  /** One commit of its journal, ms. */
  diskMs(n: number): number;
  /** By how much its own clock is wrong, ms. */
  skewMs: number;
  /** A message leaves it for the platform. */
  up(topic: string, text: string): void;
  /** The broker says it for one that is gone. */
  brokerSays(topic: string, text: string): void;
  canConnect(): boolean;
  /** The latest beat that left the platform at or before this time, not before `since`; `undefined` where there was none. */
  beatBefore(at: number, since: number): { at: number; text: string } | undefined;
  /** Its connection: to be listened for where it is silent. */
  connection(online: boolean): void;
  /** Until it connects again after a break, ms. */
  reconnectMs(n: number): number;
}

/** One life of the place's program, as its behaviour sees it. */
export interface Life {
  isOver(): boolean;
  /** Before it asks how late it is: time is told to it only when somebody listens. */
  hearTime(): void;
}
