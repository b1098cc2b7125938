import type { SoftwareUkey } from '../../../simulators/devices/ukey.ts';
import { signInText } from '../../http/station-proof.ts';
import { PASSWORD, STATION } from './people.ts';

export interface Answer {
  status: number;
  /** The order as it is shown, or the problem. */
  body: { code?: string; state?: string };
}

export interface Person {
  /** Asks over HTTP, after signing in where need be. Rejects where no answer comes. */
  ask(url: string, path: string, body: object | undefined, signal: AbortSignal): Promise<Answer>;
}

/** A person at a station's page: the real sign-in with the station's key, and a session that ends as every session. */
export function createPerson(organisation: string, operator: string, ukey: SoftwareUkey): Person {
  let token: string | undefined;

  async function request(
    url: string,
    path: string,
    body: object | undefined,
    signal: AbortSignal,
  ): Promise<Answer> {
    const response = await fetch(new URL(path, url), {
      method: body ? 'POST' : 'GET',
      headers: {
        connection: 'close',
        ...(body ? { 'content-type': 'application/json' } : {}),
        ...(token ? { authorization: `Bearer ${token}` } : {}),
      },
      ...(body ? { body: JSON.stringify(body) } : {}),
      signal,
    });
    return { status: response.status, body: (await response.json()) as Answer['body'] };
  }

  async function signIn(url: string, signal: AbortSignal): Promise<void> {
    const place = { organisation, station: STATION };
    const { body } = await request(url, '/api/sign-in/challenge', place, signal);
    const { nonce } = body as { nonce: string };
    const signature = ukey.sign(signInText(organisation, STATION, nonce));
    const asked = { ...place, operator, password: PASSWORD, nonce, signature };
    const signedIn = await request(url, '/api/sign-in', asked, signal);
    if (signedIn.status !== 200)
      throw new Error(
        `${organisation}/${operator} may not sign in: ${signedIn.body.code ?? signedIn.status}`,
      );
    token = (signedIn.body as { token: string }).token;
  }

  return {
    async ask(url, path, body, signal) {
      const first = token === undefined ? undefined : await request(url, path, body, signal);
      if (first && first.status !== 401) return first;
      token = undefined;
      await signIn(url, signal);
      return request(url, path, body, signal);
    },
  };
}
