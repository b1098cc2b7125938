import { createHash, createPublicKey, type KeyObject, verify, X509Certificate } from 'node:crypto';
import type { Station } from '../core/state.ts';

/**
 * ACC-01, DEV-03: the proof that a sign-in comes from a station of the outlet (the UKey). A signature now; a TLS client
 * certificate, or another kind of key as UKeys behind PKCS#11 have them, can stand behind the same port.
 */
export interface StationProof {
  verify(station: Station, nonce: string, proof: string): boolean;
  /** What an administrator enrols, as it is kept; `undefined` where it is no key of this kind. */
  read(pem: string): EnrolledKey | undefined;
}

export interface EnrolledKey {
  /** PEM, always in the same form: it is compared as text. */
  publicKey: string;
  /** Where it came in a certificate: when that runs out, ms. */
  expiresAt?: number;
}

/** For people: SHA-256 of the key, as they compare it on the telephone. */
export function fingerprintOf(publicKey: string): string {
  try {
    const der = createPublicKey(publicKey).export({ type: 'spki', format: 'der' });
    return createHash('sha256').update(der).digest('hex');
  } catch {
    return '';
  }
}

/** The exact text that a station signs: bound to the place, so that no other station's signature fits, and to one attempt. */
export function signInText(organisation: string, station: string, nonce: string): string {
  return `yizhan sign-in v1\n${organisation}\n${station}\n${nonce}`;
}

/** A station's Ed25519 signature of {@link signInText}, in base64. */
export const ed25519Proof: StationProof = {
  verify({ organisation, station, publicKey }, nonce, proof) {
    try {
      const key = createPublicKey(publicKey);
      if (key.asymmetricKeyType !== 'ed25519') return false;
      const text = Buffer.from(signInText(organisation, station, nonce));
      return verify(null, text, key, Buffer.from(proof, 'base64'));
    } catch {
      // A key that can not be read proves nothing.
      return false;
    }
  },
  read(pem) {
    // A private key would be taken, too, and would then stand in every backup.
    if (/PRIVATE KEY/.test(pem)) return undefined;
    try {
      const certificate = /BEGIN CERTIFICATE/.test(pem) ? new X509Certificate(pem) : undefined;
      const key: KeyObject = certificate?.publicKey ?? createPublicKey(pem);
      if (key.asymmetricKeyType !== 'ed25519') return undefined;
      const publicKey = key.export({ type: 'spki', format: 'pem' }).toString();
      return { publicKey, ...(certificate ? { expiresAt: Date.parse(certificate.validTo) } : {}) };
    } catch {
      return undefined;
    }
  },
};
