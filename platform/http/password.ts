import { randomBytes, type ScryptOptions, scrypt, timingSafeEqual } from 'node:crypto';

const LOG_N = 15;
const R = 8;
const P = 1;
const LENGTH = 32;

/** ACC-01: a password is six digits. */
export const isPassword = (text: string) => /^\d{6}$/.test(text);

/** `scrypt$15$8$1$salt$hash` (log2 N, r, p; base64url). Throws where it is no password. */
export async function hashPassword(password: string): Promise<string> {
  if (!isPassword(password)) throw new Error('a password must be exactly 6 digits; choose another');
  const salt = randomBytes(16);
  const hash = await derive(password, salt, LOG_N, R, P);
  return ['scrypt', LOG_N, R, P, salt.toString('base64url'), hash.toString('base64url')].join('$');
}

/** In constant time. Without a hash it does the same work in vain: the time taken must not tell that nobody has this number. */
export async function verifyPassword(password: string, hash: string | undefined): Promise<boolean> {
  const [, logN, r, p, salt = '', expected = ''] = (hash ?? NOBODY).split('$');
  const actual = await derive(password, Buffer.from(salt, 'base64url'), Number(logN), Number(r), Number(p));
  return timingSafeEqual(actual, fill(Buffer.from(expected, 'base64url'))) && hash !== undefined;
}

const NOBODY = `scrypt$${LOG_N}$${R}$${P}$${'A'.repeat(22)}$${'A'.repeat(43)}`;

/** Equal lengths, as the comparison wants them; a hash of another length fits nothing. */
const fill = (hash: Buffer) => (hash.length === LENGTH ? hash : Buffer.alloc(LENGTH));

let last: Promise<unknown> = Promise.resolve();

/** One at a time: each takes 32 MiB and a thread of the few that the store needs, too. */
function derive(password: string, salt: Buffer, logN: number, r: number, p: number): Promise<Buffer> {
  const N = 2 ** logN;
  const work = () =>
    new Promise<Buffer>((resolve, reject) => {
      const options: ScryptOptions = { N, r, p, maxmem: 256 * N * r };
      scrypt(password, salt, LENGTH, options, (error, key) => (error ? reject(error) : resolve(key)));
    });
  const turn = last.then(work);
  last = turn.catch(() => undefined);
  return turn;
}
