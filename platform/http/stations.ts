import Type from 'typebox';
import { authorize } from '../core/authorize.ts';
import type { Command } from '../core/input.ts';
import type { State, Station } from '../core/state.ts';
import { isRevoked } from '../core/stations.ts';
import type { App, Context } from './app.ts';
import { allow, whoIs } from './guard.ts';
import type { PlatformApi } from './platform.ts';
import { Refused } from './problem.ts';
import { answers, orderId } from './schemas.ts';
import { fingerprintOf, type StationProof } from './station-proof.ts';

const text = Type.String();

/** Which station it is; the name is a part of its devices' names on the wire (TOP-001). */
const place = {
  organisation: Type.String({ pattern: '^\\d{8}$', description: 'Organisation code (机构号)' }),
  station: Type.String({ pattern: '^[a-z0-9-]{1,32}$', description: 'The station in it' }),
};

const stationView = Type.Object({
  ...place,
  fingerprint: Type.String({ description: 'SHA-256 of the key, hexadecimal' }),
  state: Type.Union([Type.Literal('valid'), Type.Literal('revoked'), Type.Literal('expired')]),
  expiresAt: Type.Optional(Type.Number({ description: 'When its certificate runs out, ms' })),
  changes: Type.Array(
    Type.Object({
      at: Type.Number(),
      what: Type.Union([Type.Literal('enrolled'), Type.Literal('revoked')]),
      by: Type.String({ description: 'organisation/operator, or system' }),
      fingerprint: text,
      reason: Type.Optional(text),
    }),
  ),
});

/** DEV-03: the administrator enrols the stations of the own subtree, replaces their certificates and revokes them. */
export function stations(app: App, { platform, proof }: Context): void {
  app.get(
    '/api/stations',
    {
      schema: {
        summary:
          'The stations below the administrator, their certificates and what was done to them (DEV-03)',
        response: answers(200, Type.Object({ stations: Type.Array(stationView) }), 'platform.forbidden'),
      },
    },
    (request) => {
      const who = whoIs(request);
      return platform.read((state) => {
        allow(state, who, 'manageStations', who.organisation);
        const mine = [...state.stations.values()].filter(({ organisation }) =>
          authorize(state, who, 'manageStations', organisation),
        );
        return { stations: mine.map((each) => viewOfStation(state, each)) };
      });
    },
  );

  app.post(
    '/api/stations',
    {
      schema: {
        summary: 'Gives a station its certificate, or another one in place of it (DEV-03)',
        description:
          'key: PEM of an Ed25519 public key, or of a certificate of one. The one before counts no longer and its sessions end. ' +
          'A key is enrolled once: a revoked one, or another station’s, is refused.',
        body: Type.Object({
          id: orderId,
          ...place,
          key: Type.String({ minLength: 1, maxLength: 16_384 }),
        }),
        response: answers(
          200,
          stationView,
          'platform.forbidden',
          'platform.outletUnknown',
          'platform.stationKeyInvalid',
          'platform.stationKeyUsed',
          'platform.orderConflict',
        ),
      },
    },
    (request) => {
      const { key, ...asked } = request.body;
      return changeStation(platform, whoIs(request), enrolment(proof, asked, key));
    },
  );

  app.post(
    '/api/stations/revocations',
    {
      schema: {
        summary: 'Revokes a station’s certificate (DEV-03)',
        description:
          'At once: its sessions end, nobody signs in there, and its devices are cut off and need new secrets afterwards.',
        body: Type.Object({
          id: orderId,
          ...place,
          reason: Type.String({ minLength: 1, maxLength: 500, description: 'Kept with it' }),
        }),
        response: answers(
          200,
          stationView,
          'platform.forbidden',
          'platform.notFound',
          'platform.orderConflict',
        ),
      },
    },
    (request) => changeStation(platform, whoIs(request), { type: 'revokeStation', ...request.body }),
  );
}

export type StationCommand = Extract<Command, { type: 'enrolStation' | 'revokeStation' }>;

/** The command that enrols what the PEM text holds. Throws {@link Refused} where that is no key. */
export function enrolment(
  proof: StationProof,
  asked: { id: string; organisation: string; station: string },
  pem: string,
): StationCommand {
  const key = proof.read(pem);
  if (!key)
    throw new Refused('platform.stationKeyInvalid', {
      detail: 'key must be the PEM text of an Ed25519 public key, or of a certificate of one',
    });
  return { type: 'enrolStation', ...asked, ...key };
}

/** Does it, and answers how the station stands now. Throws {@link Refused}. */
export async function changeStation(
  platform: PlatformApi,
  who: Parameters<PlatformApi['command']>[0],
  command: StationCommand,
) {
  const reply = await platform.command(who, command);
  if (!reply.ok) throw new Refused(reply.code, reply);
  const { organisation, station } = command;
  return platform.read((state) => {
    const now = state.stations.get(`${organisation}/${station}`);
    if (!now) throw new Error(`station ${station} of ${organisation} is not there after its change`);
    return viewOfStation(state, now);
  });
}

function viewOfStation(state: State, { revoked, changes = [], ...known }: Station) {
  const { organisation, station, publicKey, expiresAt } = known;
  const over = revoked ? 'revoked' : 'expired';
  return {
    organisation,
    station,
    fingerprint: fingerprintOf(publicKey),
    state: isRevoked(state, organisation, station) ? over : 'valid',
    ...(expiresAt === undefined ? {} : { expiresAt }),
    changes: changes.map(({ at, what, by, publicKey: key, reason }) => ({
      at,
      what,
      by,
      fingerprint: fingerprintOf(key),
      ...(reason === undefined ? {} : { reason }),
    })),
  };
}
