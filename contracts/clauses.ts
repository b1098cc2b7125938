import type { Clause } from './clause.ts';
import * as envelope from './envelope.ts';
import * as errors from './errors.ts';
import * as operation from './operation.ts';
import { PROFILES } from './profiles.ts';
import * as state from './state.ts';
import * as topics from './topics.ts';

/** Every normative sentence that binds a partner of this profile or device class; without one, of the wire in common. */
export function clausesOf(profile?: string): Clause[] {
  const common = [topics, envelope, errors, operation, state].flatMap((page) => page.clauses);
  const own = PROFILES.filter((p) => p.name === profile).flatMap((p) => p.clauses);
  return [...common, ...own];
}
