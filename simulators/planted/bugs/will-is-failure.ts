import type { PlantedBug } from '../bug.ts';

export const willIsFailure: PlantedBug = {
  name: 'will-is-failure',
  zh: '对方离线就把在途订单当作失败',
  en: 'orders under way fail when their counterpart goes offline',
  expected: 'S7',
  patches: [
    {
      file: 'platform/core/step',
      find: `import { inquireNow, paymentDue, paymentQuestion, replied } from './flows/following.js';`,
      replace: `import { inquireNow, paymentDue, paymentQuestion, replied } from './flows/following.js';
import { conclude } from './flows/outcome.js';
import { serviceOf } from './services/index.js';`,
    },
    {
      file: 'platform/core/step',
      find: `record(turn, { type: 'wentOffline', place: place.place, epoch: place.epoch });`,
      replace: `{
        record(turn, { type: 'wentOffline', place: place.place, epoch: place.epoch });
        for (const order of [...turn.state.live].map((id) => findOrder(turn.state, id)))
            for (const leg of order?.kind === 'payment' ? order.legs : [])
                if (leg.counterpart === place.place.counterpart && leg.stage !== 'succeeded' && leg.stage !== 'failed')
                    conclude(turn, serviceOf(order.service), order, leg, { kind: 'declined', code: 'counterpart.unreachable' });
    }`,
    },
  ],
};
