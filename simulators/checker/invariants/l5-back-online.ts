import { MINUTE } from '../../../contracts/time.ts';
import type { Invariant } from '../invariant.ts';

const WITHIN = 2 * MINUTE;

export const l5: Invariant = {
  id: 'L5',
  kind: 'liveness',
  zh: '恢复正常后两分钟内,所有应工作的地方都已上线,平台也知道',
  en: 'Two minutes after everything was healed every place that must work is online, and the platform knows it',
  watch({ books, scene, broken, checked }) {
    const online = new Map<string, boolean>();
    let isDone = false;

    function look(at: number): void {
      const { healed, aliveSince } = scene;
      if (isDone || !healed || aliveSince === undefined) return;
      if (at <= Math.max(healed.at, aliveSince, scene.steadySince) + WITHIN) return;
      isDone = true;
      for (const [place, isOnline] of online) {
        const [kind, outlet = ''] = place.split('.');
        // Where nobody must work any more, the counterpart has gone for good.
        if (healed.gone.includes(place)) continue;
        if (kind === 'dev' ? !healed.core.has(outlet) : healed.core.size === 0) continue;
        checked();
        if (isOnline && books.present.has(place)) continue;
        broken({
          at,
          zh: `${place} ${isOnline ? '已连接,平台却以为离线' : '仍未连接'}`,
          en: `${place} ${isOnline ? 'is connected, and the platform takes it for offline' : 'is not connected'} ${WITHIN / 1000} s after everything was healed`,
        });
      }
    }

    return {
      online: (_, place, isOnline) => void online.set(place, isOnline),
      tick: look,
      end: look,
    };
  },
};
