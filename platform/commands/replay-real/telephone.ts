import type { Principal } from '../../core/authorize.ts';
import type { Command } from '../../core/input.ts';
import type { Watch } from './commit-watch.ts';
import type { Prepared, Standing } from './life.ts';

/** What a platform in a process of its own is told by whoever drives the time. */
export type ToPlatform =
  | { begin: Prepared; url: string; password: string; now: number; clockOffset: number }
  /** It is this late now; answer with {@link FromPlatform} how it stands. `no` comes back. */
  | { now: number; no: number }
  | { clockOffset: number }
  | { command: Command; principal: Principal }
  | { calm: true }
  | { end: true };

export type FromPlatform =
  | { ready: { url: string } }
  | { refused: string }
  | { no: number; idle: boolean; due?: number; standing: Standing }
  | { died: { index?: number }; watches: readonly Watch[] };
