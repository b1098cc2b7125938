import { STATION } from './demo-data.ts';

export interface Person {
  organisation: string;
  operator: string;
  password: string;
}

/** A person at a counter, over HTTP: signs in when first needed, and again when the session has ended. */
export function connectHttp(url: string, person: Person) {
  let token: string | undefined;

  function ask(path: string, body?: object): Promise<Response> {
    return fetch(new URL(path, url), {
      method: body ? 'POST' : 'GET',
      headers: {
        ...(body ? { 'content-type': 'application/json' } : {}),
        ...(token ? { authorization: `Bearer ${token}` } : {}),
      },
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
  }

  async function json<T>(path: string, body?: object): Promise<T> {
    const response = await ask(path, body);
    const answer = (await response.json()) as { detail?: string; code?: string };
    if (!response.ok)
      throw new Error(`${path} was answered ${response.status} ${answer.code ?? ''} ${answer.detail ?? ''}`);
    return answer as T;
  }

  /** ACC-01: the station's UKey signs the server's nonce. */
  async function signIn(): Promise<void> {
    const { organisation, operator, password } = person;
    const place = { organisation, station: STATION };
    const { nonce } = await json<{ nonce: string }>('/api/sign-in/challenge', place);
    const { signature } = await json<{ signature: string }>('/bench/sign', { ...place, nonce });
    const session = await json<{ token: string }>('/api/sign-in', {
      ...place,
      operator,
      password,
      nonce,
      signature,
    });
    token = session.token;
  }

  async function signedIn<T>(path: string, body?: object): Promise<T> {
    if (!token || (await ask('/api/session')).status === 401) {
      token = undefined;
      await signIn();
    }
    return json<T>(path, body);
  }

  return {
    get: <T>(path: string) => signedIn<T>(path),
    post: <T>(path: string, body: object) => signedIn<T>(path, body),
  };
}
