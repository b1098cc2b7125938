import { createPrivateKey, createPublicKey, generateKeyPairSync, sign } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** A station's key in software: what a UKey holds in the field. The private half never leaves this module. */
export interface SoftwareUkey {
  /** PEM, to be registered with the platform. */
  publicKey: string;
  /** Ed25519 over the text, base64. */
  sign(text: string): string;
}

/** Opens the key with this name below `folder`, and makes it where there is none; the file is readable to its owner only. */
export function openUkey(folder: string, name: string): SoftwareUkey {
  mkdirSync(folder, { recursive: true });
  const file = join(folder, `${name}.pem`);
  const pem = read(file) ?? create(file);
  const key = createPrivateKey(pem);
  return {
    publicKey: createPublicKey(key).export({ type: 'spki', format: 'pem' }).toString(),
    sign: (text) => sign(null, Buffer.from(text), key).toString('base64'),
  };
}

function read(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

function create(file: string): string {
  const { privateKey } = generateKeyPairSync('ed25519');
  const pem = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
  writeFileSync(file, pem, { mode: 0o600 });
  return pem;
}
