import { request } from 'node:http';
import { resolve } from 'node:path';
import { UsageError } from '../options.ts';
import { readControl } from './files.ts';

/** How it stands on the bench when it has been done. */
export interface Told {
  /** Platform time, ms. */
  now: number;
  businessDate: string;
}

/**
 * Tells the bench on this folder what to do, and waits for as long as that takes. Throws where none is running, and with the
 * bench's own words where it refuses.
 */
export async function tell<T = Told>(data: string, what: string, body: object): Promise<T> {
  const folder = resolve(data);
  const control = readControl(folder);
  const nobody = () =>
    new UsageError(
      `no bench is running on ${folder}: start one with «npm start», or name the folder of one with --data`,
    );
  if (!control) throw nobody();
  const { status, text } = await post(`${control.url}/bench/control/${what}`, control.token, body).catch(
    (error: NodeJS.ErrnoException) => {
      if (error.code === 'ECONNREFUSED') throw nobody();
      throw new Error(
        `the bench on ${folder} broke off (${error.code ?? error.message}): look at what it says`,
      );
    },
  );
  // The file outlived its bench, and another program has its port by now.
  if (status === 401 || status === 404) throw nobody();
  const answer = JSON.parse(text) as T & { detail?: string; title?: string };
  if (status !== 200) throw new UsageError(answer.detail ?? answer.title ?? `the bench answered ${status}`);
  return answer;
}

/** Not by `fetch`, which gives up after five minutes: a day with hundreds of open orders takes longer. */
function post(url: string, token: string, body: object): Promise<{ status: number; text: string }> {
  return new Promise((resolve, reject) => {
    const headers = { 'content-type': 'application/json', authorization: `Bearer ${token}` };
    const asked = request(url, { method: 'POST', headers }, (response) => {
      let text = '';
      response.setEncoding('utf8');
      response.on('data', (part: string) => {
        text += part;
      });
      response.on('end', () => resolve({ status: response.statusCode ?? 0, text }));
      response.on('error', reject);
    });
    asked.on('error', reject);
    asked.end(JSON.stringify(body));
  });
}
