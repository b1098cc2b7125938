import { pbkdf2Sync, randomBytes } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { publicationsOf, subscriptionsOf } from '../../contracts/access.ts';
import { MAX_BYTES } from '../../contracts/envelope.ts';
import { principalOf } from './credentials.ts';

export interface MosquittoFilesOptions {
  /** Name → secret, in clear: mosquitto wants a hash of its own kind. Needs `platform` among them. */
  credentials: ReadonlyMap<string, string>;
  /** Where the files are written; made where missing. */
  folder: string;
  port: number;
  /**
   * Paths of PEM files on the broker's machine; without them the broker listens only on 127.0.0.1. With `clientCaFile` only
   * who has a certificate of that authority may connect, besides its name and secret.
   */
  tls?: { certificateFile: string; keyFile: string; clientCaFile?: string };
}

/**
 * Writes `mosquitto.conf`, `acl_file` and `password_file` (mode 0600; give them to the user that mosquitto runs as) for
 * mosquitto 2.0, from the same matrix as the embedded broker's decisions. Start it with `mosquitto -c <the path returned>`.
 *
 * What mosquitto can't do, and what stands in for it:
 * - No quarantine and no word to the platform: a refused or too large publish is acked and dropped; a will to a foreign
 *   topic, too. Only its log tells.
 * - It grants every subscription and then delivers only what the list allows, so a wrong filter shows as silence.
 * - A list can't look at the retain flag: a place may retain on its own `rep` and `evt`. The platform ignores what is
 *   replayed there.
 * - It can't insist on a clean session (TOP-006): a place that asks for a kept one gets old commands after an absence,
 *   which it must refuse by their deadline.
 * - Neither does it refuse a client id that is not the user name; it replaces it, so nobody can kick another (TOP-005).
 * @returns the path of `mosquitto.conf`
 * @throws RangeError for a name that is no principal's, or where `platform` is missing
 */
export function mosquittoFiles(options: MosquittoFilesOptions): string {
  const { credentials, port, tls } = options;
  if (!credentials.has('platform'))
    throw new RangeError(
      'the credentials for mosquitto need «platform»: without it the platform itself could not connect',
    );
  const folder = resolve(options.folder);
  mkdirSync(folder, { recursive: true });
  const put = (name: string, lines: string[]) => {
    const file = join(folder, name);
    writeFileSync(file, `${lines.join('\n')}\n`, { mode: 0o600 });
    return file;
  };
  const accessFile = put('acl_file', [...credentials.keys()].flatMap(accessLines));
  const passwordFile = put(
    'password_file',
    [...credentials].map(([name, secret]) => `${name}:${passwordHash(secret)}`),
  );
  return put('mosquitto.conf', [
    `listener ${port}${tls ? '' : ' 127.0.0.1'}`,
    ...(tls ? [`certfile ${tls.certificateFile}`, `keyfile ${tls.keyFile}`] : []),
    ...(tls?.clientCaFile ? [`cafile ${tls.clientCaFile}`, 'require_certificate true'] : []),
    'allow_anonymous false',
    `password_file ${passwordFile}`,
    `acl_file ${accessFile}`,
    'use_username_as_clientid true',
    `message_size_limit ${MAX_BYTES}`,
    // Larger ones cut the connection: they would have to be held in memory first.
    `max_packet_size ${16 * MAX_BYTES}`,
    // The default of 1000 drops the rest of a burst.
    'max_queued_messages 100000',
    'set_tcp_nodelay true',
    'persistence false',
    'log_dest stderr',
  ]);
}

function accessLines(name: string): string[] {
  const who = principalOf(name);
  if (!who)
    throw new RangeError(`credential name «${name}» is neither «platform» nor the name of a place (TOP-005)`);
  return [
    `user ${name}`,
    ...publicationsOf(who).map((topic) => `topic write ${topic}`),
    ...subscriptionsOf(who).map((filter) => `topic read ${filter}`),
    '',
  ];
}

/** As `mosquitto_passwd` writes it: PBKDF2-HMAC-SHA512. Few rounds do, since a secret is 32 random bytes. */
function passwordHash(secret: string): string {
  const rounds = 101;
  const salt = randomBytes(12);
  const hash = pbkdf2Sync(secret, salt, rounds, 64, 'sha512');
  return `$7$${rounds}$${salt.toString('base64')}$${hash.toString('base64')}`;
}
