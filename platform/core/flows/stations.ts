import type { Principal } from '../authorize.ts';
import { formatLocal } from '../calendar.ts';
import type { Command } from '../input.ts';
import type { State, Station } from '../state.ts';
import { answer, mark, record, refuse, type Turn } from '../turn.ts';
import { isOrderId } from './opening.ts';

type Enrol = Extract<Command, { type: 'enrolStation' }>;
type Revoke = Extract<Command, { type: 'revokeStation' }>;

/** DEV-03: a station is given a certificate, its first or another one in place of the one before, which ends at once. */
export function enrolStation(turn: Turn, who: Principal, asked: Enrol): void {
  const { id, organisation, station, publicKey, expiresAt } = asked;
  const { state } = turn;
  if (!state.organisations.has(organisation))
    return void refuse(turn, 'platform.outletUnknown', organisation);
  const known = state.stations.get(`${organisation}/${station}`);
  if (repeated(turn, known, asked, publicKey)) return;
  if (known?.publicKey === publicKey && !known.revoked) return void answer(turn, { ok: true });
  const owner = ownerOf(state, publicKey);
  if (owner) {
    mark(turn, 'station-key-used');
    return void refuse(
      turn,
      'platform.stationKeyUsed',
      `the key is or was that of station ${owner.station} of ${owner.organisation}`,
    );
  }
  if (expiresAt !== undefined && expiresAt <= turn.now)
    return void refuse(
      turn,
      'platform.badRequest',
      `the certificate ran out on ${formatLocal(expiresAt)}: have another one issued`,
    );
  mark(turn, known ? 'station-key-replaced' : 'station-enrolled');
  record(turn, {
    type: 'stationEnrolled',
    id,
    organisation,
    station,
    publicKey,
    ...(expiresAt === undefined ? {} : { expiresAt }),
    by: nameOfPrincipal(who),
  });
  told(turn, organisation);
}

/** DEV-03: the certificate counts no longer, for the reason given, and neither does the key it is about, ever again. */
export function revokeStation(turn: Turn, who: Principal, asked: Revoke): void {
  const { id, organisation, station, reason } = asked;
  const known = turn.state.stations.get(`${organisation}/${station}`);
  if (!known) return void refuse(turn, 'platform.notFound', `station ${station} of ${organisation}`);
  if (repeated(turn, known, asked)) return;
  if (!reason.trim())
    return void refuse(turn, 'platform.badRequest', 'reason must say why the certificate is revoked');
  // Nobody would be left to enrol it again.
  if (who.kind === 'person' && who.organisation === organisation && who.station === station)
    return void refuse(
      turn,
      'platform.badRequest',
      `you are signed in at station ${station} of ${organisation}: revoke it from another one`,
    );
  if (known.revoked) return void answer(turn, { ok: true });
  mark(turn, 'station-revoked');
  record(turn, { type: 'stationRevoked', id, organisation, station, reason, by: nameOfPrincipal(who) });
  told(turn, organisation);
}

/** The same id again is answered as before; with other content it is a conflict. Returns whether that settled the matter. */
function repeated(
  turn: Turn,
  known: Station | undefined,
  asked: Enrol | Revoke,
  publicKey?: string,
): boolean {
  if (!isOrderId(asked.id)) {
    refuse(turn, 'platform.badRequest', `id «${asked.id}» must be a ULID of 26 characters`);
    return true;
  }
  const before = known?.changes?.find(({ id }) => id === asked.id);
  if (!before) return false;
  const same =
    asked.type === 'enrolStation'
      ? before.what === 'enrolled' && before.publicKey === publicKey
      : before.what === 'revoked' && before.reason === asked.reason;
  if (same) answer(turn, { ok: true });
  else refuse(turn, 'platform.orderConflict', `id ${asked.id} was used for another change of this station`);
  return true;
}

/** A lost or a shared key must not come back under another name: a key is enrolled once. */
function ownerOf(state: State, publicKey: string): Station | undefined {
  for (const station of state.stations.values())
    if (station.publicKey === publicKey || station.changes?.some((change) => change.publicKey === publicKey))
      return station;
  return undefined;
}

/** Before the answer: by then the station's sessions and its devices' connections have ended. */
function told(turn: Turn, outlet: string): void {
  turn.effects.push({ kind: 'changed', outlet });
  answer(turn, { ok: true });
}

const nameOfPrincipal = (who: Principal) =>
  who.kind === 'system' ? 'system' : `${who.organisation}/${who.operator}`;
