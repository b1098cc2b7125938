import { complaint, post } from './api.ts';
import { enterMovesOn, field, h } from './dom.ts';
import { t } from './texts.ts';
import type { Station } from './types.ts';

/** ACC-01: organisation, operator, password; the station proves itself by its key. `done` is called with a session open. */
export function signInScreen(station: Station, notice: string, done: () => void): HTMLElement {
  const input = (name: string, value = '', more: Partial<HTMLInputElement> = {}) =>
    h('input', { name, value, required: true, autocomplete: 'off', ...more });
  const organisation = input('organisation', station.organisation, { inputMode: 'numeric', maxLength: 8 });
  const place = input('station', station.station ?? '1', { maxLength: 32 });
  const operator = input('operator', '', { maxLength: 4, autocapitalize: 'characters' });
  const password = input('password', '', { type: 'password', inputMode: 'numeric', maxLength: 6 });
  const told = h('div', {}, notice !== '' && h('p', { className: 'notice', role: 'status' }, notice));
  const submit = h(
    'button',
    { type: 'submit', className: 'primary wide', disabled: !station.bench },
    t('signIn'),
  );
  const form = h(
    'form',
    { className: 'card sign-in' },
    h('img', { src: 'logo.svg', alt: '', className: 'emblem' }),
    h('h1', {}, t('product')),
    h('p', { className: 'subtitle' }, t('productLong')),
    h(
      'div',
      { className: 'pair' },
      field(t('organisation'), organisation).element,
      field(t('station'), place).element,
    ),
    field(t('operator'), operator).element,
    field(t('password'), password).element,
    told,
    submit,
    h('p', { className: 'hint center' }, station.bench ? t('benchKey') : t('noKey')),
  );
  enterMovesOn(form);
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    submit.disabled = true;
    signIn({
      organisation: organisation.value.trim(),
      station: place.value.trim(),
      operator: operator.value.trim().toUpperCase(),
      password: password.value,
    }).then(done, (error: unknown) => {
      submit.disabled = false;
      password.value = '';
      told.replaceChildren(complaint(error));
      password.focus();
    });
  });
  queueMicrotask(() => (organisation.value ? operator : organisation).focus());
  return h('main', { className: 'gate' }, form);
}

async function signIn(asked: { organisation: string; station: string; operator: string; password: string }) {
  const { organisation, station } = asked;
  const { nonce } = await post<{ nonce: string }>('/api/sign-in/challenge', { organisation, station });
  const signature = await signatureOf(organisation, station, nonce);
  await post('/api/sign-in', { ...asked, nonce, signature });
}

/** A place that the bench has no key for is refused like any other wrong thing: by the sign-in. */
async function signatureOf(organisation: string, station: string, nonce: string): Promise<string> {
  try {
    return (await post<{ signature: string }>('/bench/sign', { organisation, station, nonce })).signature;
  } catch {
    return '';
  }
}
