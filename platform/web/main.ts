import { get, onSignedOut } from './api.ts';
import { openDesk } from './desk.ts';
import { button, h, ignoreHeldEnter } from './dom.ts';
import { signInScreen } from './sign-in.ts';
import { pick, showLanguage, switchLanguage, t } from './texts.ts';
import type { Session, Station } from './types.ts';

let desk: { close(): void } | undefined;

async function start(): Promise<void> {
  showLanguage();
  ignoreHeldEnter();
  const station = await get<Station>('/api/station');
  const leave = (notice: string) => {
    desk?.close();
    desk = undefined;
    gate(station, notice);
  };
  const enter = async () => {
    try {
      const session = await get<Session>('/api/session');
      desk = openDesk(session, station, () => {
        // The next person starts at the beginning.
        location.hash = '';
        leave('');
      });
    } catch {
      gate(station, '');
    }
  };
  onSignedOut(({ problem: { code, title, titleEn, remedy, remedyEn } }) => {
    const revoked = `${pick(title, titleEn)}。${pick(remedy, remedyEn)}`;
    if (desk) leave(code === 'platform.stationRevoked' ? revoked : t('signedOut'));
  });
  function gate(at: Station, notice: string): void {
    const language = button(
      t('otherLanguage'),
      () => {
        switchLanguage();
        gate(at, '');
      },
      'language',
    );
    document.title = t('product');
    document.body.replaceChildren(
      language,
      signInScreen(at, notice, () => void enter()),
    );
  }
  await enter();
}

start().catch(() => {
  // The platform is not there yet: try again until it is.
  document.body.replaceChildren(h('p', { className: 'notice' }, t('noAnswer')));
  setTimeout(() => location.reload(), 3_000);
});
