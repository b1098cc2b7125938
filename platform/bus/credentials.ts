import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import {
  closeSync,
  fchmodSync,
  fsyncSync,
  openSync,
  readFileSync,
  renameSync,
  statSync,
  writeSync,
} from 'node:fs';
import type { Principal } from '../../contracts/access.ts';
import { nameOf, placeOfName } from '../../contracts/topics.ts';

/** Who may connect to the broker. Only the SHA-256 of a secret is kept: the secrets are random, so no slow hash is needed. */
export interface Credentials {
  /** The principal of this name where the secret is its own, else `undefined`; takes as long for an unknown name. */
  principal(name: string, secret: string | Uint8Array): Principal | undefined;
  /**
   * Makes a new secret (32 random bytes, base64url) and keeps it before returning; the name's old one is no longer valid.
   * @throws RangeError where the name is neither a place's (TOP-005) nor `platform`
   */
  issueCredential(name: string): string;
  /** Takes a name's right to connect; `false` where it had none. A live connection stays: drop it at the broker. */
  withdraw(name: string): boolean;
  /** Every name with a credential, sorted. */
  names(): string[];
}

/** The principal that a name stands for, with no look at any secret. */
export function principalOf(name: string): Principal | undefined {
  if (name === 'platform') return { role: 'platform', name };
  const place = placeOfName(name);
  // The way back is compared, so that one place never has two names.
  return place && nameOf(place) === name ? { role: 'place', name, place } : undefined;
}

/**
 * The credentials kept in a file, which need not exist yet. Reading and writing are synchronous: a credential is issued
 * rarely, and two at a time must not overwrite each other.
 * @throws Error where the file can't be read or is damaged
 */
export function loadCredentials(file: string): Credentials {
  let hashes = read(file);
  let version = versionOf(file);

  const replace = (next: Map<string, Buffer>) => {
    write(file, next);
    hashes = next;
    version = versionOf(file);
  };
  /** Another process may have issued a credential meanwhile (`yizhan credential`). */
  const refresh = () => {
    if (versionOf(file) === version) return;
    version = versionOf(file);
    hashes = read(file);
  };

  return {
    principal(name, secret) {
      refresh();
      const expected = hashes.get(name);
      const same = timingSafeEqual(sha256(secret), expected ?? NOBODY);
      return same && expected ? principalOf(name) : undefined;
    },
    issueCredential(name) {
      if (!principalOf(name))
        throw new RangeError(
          `credential name «${name}» must be «platform», «dev.{outlet}.{station}.{device}» or «cp.{counterpart}.{instance}»`,
        );
      refresh();
      const secret = randomBytes(32).toString('base64url');
      replace(new Map(hashes).set(name, sha256(secret)));
      return secret;
    },
    withdraw(name) {
      refresh();
      const next = new Map(hashes);
      if (!next.delete(name)) return false;
      replace(next);
      return true;
    },
    names() {
      refresh();
      return [...hashes.keys()].sort();
    },
  };
}

const NOBODY = Buffer.alloc(32);

/** Every write is a new file under the same name, so its inode tells where the time is too coarse to. */
function versionOf(file: string): string {
  const stat = statSync(file, { throwIfNoEntry: false });
  return stat ? `${stat.ino}/${stat.mtimeMs}` : '';
}

function sha256(secret: string | Uint8Array): Buffer {
  return createHash('sha256').update(secret).digest();
}

function read(file: string): Map<string, Buffer> {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return new Map();
    throw new Error(`credentials file ${file} can't be read: ${(error as Error).message}`, { cause: error });
  }
  const damaged = (what: string) =>
    new Error(
      `credentials file ${file} is damaged (${what}): restore it, or delete it and issue new credentials`,
    );
  let kept: unknown;
  try {
    kept = JSON.parse(text);
  } catch {
    throw damaged('not JSON');
  }
  if (typeof kept !== 'object' || kept === null || Array.isArray(kept))
    throw damaged('not an object of names');
  const hashes = new Map<string, Buffer>();
  for (const [name, hash] of Object.entries(kept)) {
    if (!principalOf(name)) throw damaged(`«${name}» is no name of a place`);
    if (typeof hash !== 'string' || !/^[0-9a-f]{64}$/.test(hash))
      throw damaged(`«${name}» has no SHA-256 in hexadecimal`);
    hashes.set(name, Buffer.from(hash, 'hex'));
  }
  return hashes;
}

function write(file: string, hashes: Map<string, Buffer>): void {
  const kept = Object.fromEntries([...hashes].map(([name, hash]) => [name, hash.toString('hex')]));
  const fresh = `${file}.new`;
  const handle = openSync(fresh, 'w', 0o600);
  try {
    // A file left over by a crash keeps its old mode when opened again.
    fchmodSync(handle, 0o600);
    writeSync(handle, `${JSON.stringify(kept, null, 2)}\n`);
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
  renameSync(fresh, file);
}
