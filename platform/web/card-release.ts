import { complaint, post } from './api.ts';
import { button, h } from './dom.ts';
import { t } from './texts.ts';

/** Asks the reader to give the card back: one that has drawn it in holds it until then. */
export function releaseButton(told: HTMLElement): HTMLButtonElement {
  const release = button(t('release'), () => {
    release.disabled = true;
    post('/api/card-releases')
      .then(
        () => told.replaceChildren(h('p', { className: 'notice' }, t('released'))),
        (error: unknown) => told.replaceChildren(complaint(error)),
      )
      .finally(() => {
        release.disabled = false;
      });
  });
  return release;
}
