import { afterEach, describe, expect, it } from 'vitest';
import { openHttp } from '../../../platform/http/server.ts';
import { orderId } from '../../support/ids.ts';
import { memoryPlatform, OTHER_OUTLET, PASSWORD, signAt } from '../../support/memory-platform.ts';
import { OUTLET } from '../../support/small-platform.ts';
import { payment, WEB } from './client.ts';

const closing: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

async function served() {
  const platform = await memoryPlatform();
  const http = await openHttp({ platform: platform.api, port: 0, webRoot: WEB });
  closing.push(http.close);
  const post = async (path: string, body: object, token = '') =>
    (await fetch(http.url + path, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
      body: JSON.stringify(body),
    }).then((answer) => answer.json())) as Record<string, string>;
  const enter = async (organisation: string) => {
    const place = { organisation, station: '1' };
    const { nonce = '' } = await post('/api/sign-in/challenge', place);
    const signature = signAt(organisation, nonce);
    const { token = '' } = await post('/api/sign-in', {
      ...place,
      operator: 'T001',
      password: PASSWORD,
      nonce,
      signature,
    });
    return token;
  };
  /** The stream's text, chunk by chunk; `undefined` where it has ended. */
  const follow = async (token: string) => {
    const answer = await fetch(`${http.url}/api/events`, { headers: { authorization: `Bearer ${token}` } });
    expect(answer.headers.get('content-type')).toBe('text/event-stream');
    const reader = answer.body?.pipeThrough(new TextDecoderStream()).getReader();
    let seen = '';
    return {
      async until(part: string): Promise<string> {
        while (!seen.includes(part)) {
          const { value, done } = (await reader?.read()) ?? { done: true };
          if (done) throw new Error(`the stream ended before «${part}»: ${seen}`);
          seen += value;
        }
        return seen;
      },
      async end(): Promise<string> {
        for (;;) {
          const { value, done } = (await reader?.read()) ?? { done: true };
          if (done) return seen;
          seen += value;
        }
      },
    };
  };
  return { platform, http, post, enter, follow };
}

describe('GET /api/events', () => {
  it('MOB-02 tells the own outlet of every change, and no other outlet', async () => {
    const { platform, post, enter, follow } = await served();
    const [token, other] = [await enter(OUTLET), await enter(OTHER_OUTLET)];
    const [own, foreign] = [await follow(token), await follow(other)];
    await own.until('retry');
    await foreign.until('retry');
    await post('/api/payments', payment(orderId(1)), token);
    await own.until(`event: changed\ndata: {"order":"${orderId(1)}"}`);
    await platform.carrierSays(orderId(1), 'success');
    const seen = await own.until(`${orderId(1)}"}\n\nevent: changed`);
    expect(seen).not.toContain('13808001234');

    await post('/api/sign-out', {}, other);
    expect(await foreign.end()).not.toContain('changed');
  });

  it('ends with the session', async () => {
    const { post, enter, follow } = await served();
    const token = await enter(OUTLET);
    const own = await follow(token);
    await own.until('retry');
    await post('/api/sign-out', {}, token);
    expect(await own.end()).toContain('retry');
  });

  it('does not hold up the end of the server', async () => {
    const { http, enter, follow } = await served();
    const own = await follow(await enter(OUTLET));
    await own.until('retry');
    await http.close();
    await own.end().catch(() => undefined);
  });
});

describe('openHttp', () => {
  it('says what to do where the port is taken', async () => {
    const { http, platform } = await served();
    await expect(openHttp({ platform: platform.api, port: http.port, webRoot: WEB })).rejects.toThrow(
      new RegExp(`port ${http.port} .*--port \\(0 takes any free one\\)`),
    );
  });
});
