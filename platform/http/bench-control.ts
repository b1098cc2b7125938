import { timingSafeEqual } from 'node:crypto';
import type { FastifyRequest } from 'fastify';
import Type from 'typebox';
import { DAY } from '../../contracts/time.ts';
import type { App, Context } from './app.ts';
import { type CounterDeed, type CounterView, counterDeed } from './bench-counter.ts';
import { Refused } from './problem.ts';
import { orderId } from './schemas.ts';
import { changeStation, enrolment } from './stations.ts';

/** What a person at a bench may do to it from outside, as nobody can in the field. */
export interface BenchControl {
  /** Whoever asks must bring it. */
  token: string;
  /** Platform time jumps so many ms ahead; everything due in between has happened when it resolves. */
  jump(ms: number): Promise<void>;
  /** Makes something go wrong: `times` top-ups, of one number only where `account` is given. Throws {@link Refused}. */
  inject(fault: string, how: { account?: string | undefined; times?: number | undefined }): Promise<void>;
  /** A person's hands at the counter; resolves with what is to be seen there then. Throws {@link Refused}. */
  counter(deed: CounterDeed): Promise<CounterView>;
}

/** A jump longer than this is a slip of the hand, ms. */
const LONGEST_JUMP = 31 * DAY;

/** Cutting the day, letting time pass, and faults, by hand. In the field these routes are not there. */
export function benchControl(app: App, { platform, bench, proof }: Context): void {
  const control = bench?.control;
  if (!control) return;
  // Before the body is looked at: a stranger learns nothing.
  const onRequest = (request: FastifyRequest, _reply: unknown, done: (error?: Error) => void) =>
    done(
      isSame(request.headers.authorization ?? '', `Bearer ${control.token}`)
        ? undefined
        : new Refused('platform.notSignedIn', {
            detail: 'the bench is controlled with the token of its file',
          }),
    );
  const now = () => platform.read(({ businessDate }) => ({ now: platform.now(), businessDate }));

  app.post(
    '/bench/control/cut-day',
    { onRequest, schema: { summary: 'Bench only: cuts the business day now' } },
    async () => {
      await platform.command({ kind: 'system' }, { type: 'cutDay' });
      return now();
    },
  );

  app.post(
    '/bench/control/jump',
    {
      onRequest,
      schema: {
        summary: 'Bench only: platform time jumps ahead, and what is due in between happens in order',
        body: Type.Object({ ms: Type.Integer({ minimum: 1, maximum: LONGEST_JUMP }) }),
      },
    },
    async (request) => {
      await control.jump(request.body.ms);
      return now();
    },
  );

  app.post(
    '/bench/control/inject',
    {
      onRequest,
      schema: {
        summary: 'Bench only: something goes wrong',
        body: Type.Object({
          fault: Type.String({ maxLength: 64 }),
          account: Type.Optional(
            Type.String({ pattern: '^1\\d{10}$', description: 'Only top-ups of this number' }),
          ),
          times: Type.Optional(Type.Integer({ minimum: 1, maximum: 10_000 })),
        }),
      },
    },
    async (request) => {
      const { fault, ...how } = request.body;
      await control.inject(fault, how);
      return now();
    },
  );

  app.post(
    '/bench/control/counter',
    {
      onRequest,
      schema: {
        summary: 'Bench only: a person’s hands at the counter, and what is to be seen there then',
        body: counterDeed,
      },
    },
    (request) => control.counter(request.body as CounterDeed),
  );

  app.post(
    '/bench/control/stations',
    {
      onRequest,
      schema: {
        summary: 'Enrols a station by `key`, or revokes it by `reason`, as whoever holds the folder (DEV-03)',
        body: Type.Object({
          id: orderId,
          organisation: Type.String({ maxLength: 8 }),
          station: Type.String({ pattern: '^[a-z0-9-]{1,32}$' }),
          key: Type.Optional(Type.String({ maxLength: 16_384 })),
          reason: Type.Optional(Type.String({ minLength: 1, maxLength: 500 })),
        }),
      },
    },
    (request) => {
      const { key, reason, ...asked } = request.body;
      const command =
        reason === undefined
          ? enrolment(proof, asked, key ?? '')
          : ({ type: 'revokeStation', ...asked, reason } as const);
      return changeStation(platform, { kind: 'system' }, command);
    },
  );
}

function isSame(given: string, expected: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(expected)];
  return a.length === b.length && timingSafeEqual(a, b);
}
