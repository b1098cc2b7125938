import { generateKeyPairSync, sign } from 'node:crypto';
import { fileURLToPath } from 'node:url';

import { hashPassword } from '../../http/password.ts';
import { openHttp } from '../../http/server.ts';
import { signInText } from '../../http/station-proof.ts';
import { mint, OUTLETS, SYSTEM } from './network.ts';
import { load, openPaying, type Rate } from './on-the-bus.ts';

const TELLER = { organisation: OUTLETS[0] ?? '', operator: 'T001', role: 'teller', name: 'bench' } as const;
const PASSWORD = '258036';

/** Payments taken over the HTTP API: from the request to the durable 202. */
export async function measureHttp(count: number): Promise<Rate> {
  const { platform, command, close } = await openPaying();
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  const pem = publicKey.export({ type: 'spki', format: 'pem' }).toString();
  const place = { organisation: TELLER.organisation, station: '1' };
  await command({ who: SYSTEM, command: { type: 'registerStation', station: { ...place, publicKey: pem } } });
  const person = { ...TELLER, passwordHash: await hashPassword(PASSWORD) };
  await command({ who: SYSTEM, command: { type: 'registerPerson', person } });
  const http = await openHttp({
    platform,
    port: 0,
    webRoot: fileURLToPath(new URL('../../web/', import.meta.url)),
  });
  try {
    const post = async (path: string, body: object, token?: string) => {
      const headers = {
        'content-type': 'application/json',
        ...(token ? { authorization: `Bearer ${token}` } : {}),
      };
      const response = await fetch(new URL(path, http.url), {
        method: 'POST',
        headers,
        body: JSON.stringify(body),
      });
      const answer = (await response.json()) as { nonce: string; token: string; code?: string };
      if (!response.ok) throw new Error(`${path} was answered ${response.status} ${answer.code}`);
      return answer;
    };
    const { nonce } = await post('/api/sign-in/challenge', place);
    const signature = sign(
      null,
      Buffer.from(signInText(place.organisation, place.station, nonce)),
      privateKey,
    ).toString('base64');
    const { token } = await post('/api/sign-in', {
      ...place,
      operator: TELLER.operator,
      password: PASSWORD,
      nonce,
      signature,
    });
    const one = async (n: number) => {
      const fields = { phone: `1380801${String(n % 9000).padStart(4, '0')}` };
      // The same number comes again while its last payment may still be under way.
      await post(
        '/api/payments',
        { id: mint(), service: 'mobile-topup', fields, amountFen: 1_000, again: true },
        token,
      );
    };
    await load(200, one);
    return await load(count, one);
  } finally {
    await http.close();
    await close();
  }
}
