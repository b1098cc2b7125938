import type { AedesOptions, Client, PublishPacket } from 'aedes';
import { mayPublish, maySubscribe, type Principal } from '../../contracts/access.ts';
import { MAX_BYTES } from '../../contracts/envelope.ts';
import { type Credentials, principalOf } from './credentials.ts';

/** What the broker's sweep for orphaned wills is told about the will of a client that is still there. */
export const STILL_CONNECTED = new Error('this will belongs to a client that is connected');

type Denied = (who: string, what: string) => void;

/**
 * The embedded broker's hooks: who may connect, publish and subscribe, all decided by `contracts/access.ts`.
 * Every refusal is told to `denied` with the claimed name and what was tried.
 */
export function gatekeeper(
  credentials: Credentials,
  denied: Denied,
): Required<Pick<AedesOptions, 'authenticate' | 'authorizePublish' | 'authorizeSubscribe'>> {
  const principals = new WeakMap<Client, Principal>();

  return {
    // The broker takes over a session only after this said yes: a stranger with another's client id kicks nobody.
    authenticate(client, username = '', password, done) {
      const refuse = (why: string) => {
        denied(clip(username || client.id), `connect: ${why}`);
        done(null, false);
      };
      if (client.id !== username)
        return refuse(`client id «${clip(client.id)}» is not the user name (TOP-005)`);
      // The broker's queue for an absent client would replay old commands, and has no bound.
      if (!client.clean) return refuse('the session is not clean (TOP-006)');
      const who = credentials.principal(username, password ?? '');
      if (!who) return refuse('unknown name or wrong secret');
      principals.set(client, who);
      done(null, true);
    },

    authorizePublish(client, packet, done) {
      const owner = ownerOfWill(packet);
      // After a jump of the clock the broker's sweep takes the wills of living clients for orphans: not before they go.
      if (owner !== undefined && client && !client.closed) return done(STILL_CONNECTED);
      const who = client ? principals.get(client) : principalOf(owner ?? '');
      const what = who ? objection(who, packet) : 'a principal that is not known';
      if (what === undefined) return done();
      const name = who?.name ?? owner ?? '';
      denied(name, `${owner === undefined ? 'publish' : 'will'}: ${what}`);
      // An error would cut the connection without an ack, and the client would send the same again, for ever. So the
      // message is acked and led to where nobody may listen.
      packet.topic = `quarantine/${name}`;
      packet.retain = false;
      done();
    },

    authorizeSubscribe(client, subscription, done) {
      const who = principals.get(client);
      if (who && maySubscribe(who, subscription.topic)) return done(null, subscription);
      denied(who?.name ?? client.id, `subscribe: «${clip(subscription.topic)}»`);
      // Answers 128 for this filter; the others of the same list are granted.
      done(null, null);
    },
  };
}

/** The broker notes the client's id on a will that it keeps, and on nothing that comes from the wire. */
function ownerOfWill(packet: PublishPacket & { clientId?: string }): string | undefined {
  return packet.clientId;
}

function objection(who: Principal, packet: PublishPacket): string | undefined {
  const { topic, payload, retain } = packet;
  const size = Buffer.byteLength(payload);
  if (size > MAX_BYTES)
    return `${size} bytes to «${clip(topic)}», at most ${MAX_BYTES} are allowed (ENV-001)`;
  if (!mayPublish(who, topic, retain)) return `${retain ? 'retained ' : ''}to «${clip(topic)}»`;
  return undefined;
}

/** A stranger chooses these texts, up to 64 KiB of them. */
function clip(text: string): string {
  return text.length > 120 ? `${text.slice(0, 120)}…` : text;
}
