import { createPublicKey, verify } from 'node:crypto';
import type { Station } from '../core/state.ts';

/**
 * ACC-01: the proof that a sign-in comes from a station of the outlet (the UKey). A signature now; a TLS client certificate can
 * stand behind the same port.
 */
export interface StationProof {
  verify(station: Station, nonce: string, proof: string): boolean;
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
};
