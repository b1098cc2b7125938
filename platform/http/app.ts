import type { IncomingMessage, ServerResponse } from 'node:http';
import type { FastifyBaseLogger, FastifyInstance, FastifyTypeProvider, RawServerDefault } from 'fastify';
import type { Static, TSchema } from 'typebox';
import type { BenchControl } from './bench-control.ts';
import type { PlatformApi } from './platform.ts';
import type { Sessions } from './sessions.ts';
import type { StationProof } from './station-proof.ts';

/** Routes know the types of their body, query and parameters from their schemas. */
interface SchemaTypes extends FastifyTypeProvider {
  validator: this['schema'] extends TSchema ? Static<this['schema']> : unknown;
}

export type App = FastifyInstance<
  RawServerDefault,
  IncomingMessage,
  ServerResponse,
  FastifyBaseLogger,
  SchemaTypes
>;

/** What stands in for the counter on a bench: the software UKey and the printer emulator's paper. */
export interface Bench {
  /** The station's signature (base64) of {@link signInText}; `undefined` where the bench has no such station. */
  sign(organisation: string, station: string, nonce: string): string | undefined;
  /** What the emulated printer put on the paper of this copy (0: the original). */
  picture(journalNo: string, copy: number): Promise<{ png: Buffer; svg: string; text: string } | undefined>;
  /** Where the bench can be told to cut the day, to let time pass and to fail. */
  control?: BenchControl | undefined;
}

/** What every group of routes is given. */
export interface Context {
  platform: PlatformApi;
  sessions: Sessions;
  proof: StationProof;
  /** The station that the page stands on, to fill the sign-in form. */
  station?: { organisation: string; station: string } | undefined;
  bench?: Bench | undefined;
  /** The folder of the page's compiled files. */
  webRoot: string;
}
