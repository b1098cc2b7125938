import { type BookedOrder, bitOf } from '../booked-order.ts';
import { claimOf, rulesOf } from '../claim.ts';
import type { Invariant } from '../invariant.ts';
import type { Message } from '../message.ts';
import { yuan } from '../words.ts';

export const s7: Invariant = {
  id: 'S7',
  kind: 'safety',
  zh: '成功或失败必有送达的证据;超时、离线、无法解析或不符的应答都不是证据;未告知失败不得退现金',
  en: 'A success or failure rests on evidence that was delivered; a timeout, silence or an answer that does not fit is none; cash goes back only when a failure was told',
  watch({ books, scene, broken, checked }) {
    const proofs = proofsOf();

    function proven(at: number, order: BookedOrder, state: string, how: 'recorded' | 'told'): void {
      // That a card is written is S12's; that money goes back is evidence like every other.
      const isJudged = order.card ? state === 'failed' : order.kind === 'payment';
      if (!isJudged || (state !== 'succeeded' && state !== 'failed')) return;
      checked();
      if (proofs.has(order, state)) return;
      broken({
        at,
        order: order.id,
        zh: `${how === 'told' ? '告知' : '记为'}${state === 'succeeded' ? '成功' : '失败'}(${order.why || order.problem}),但没有任何证据送达`,
        en: `was ${how} ${state} (${order.why || order.problem}), ${yuan(order.amountFen)} yuan, and no evidence of it was ever delivered: it must stay unknown`,
      });
    }

    return {
      heard: proofs.heard,
      crashed: proofs.crashed,
      settledByHand(_, id, outcome) {
        const order = books.orders.get(id);
        if (order) proofs.add(order, outcome);
      },
      record(at, record, order) {
        if (order && record.type === 'orderEnded') proven(at, order, record.state, 'recorded');
      },
      told(at, told) {
        const order = books.orders.get(told.order);
        if (order) proven(at, order, told.state, 'told');
      },
      cash(at, order, fen) {
        if (fen >= 0 || scene.intents.get(order)?.do === 'void') return;
        checked();
        const told = scene.orders.get(order)?.told || 'nothing';
        if (told === 'failed' || told === 'rejected') return;
        // A refusal is an end only of what was never taken.
        if (told === 'refused' && !books.orders.has(order)) return;
        broken({
          at,
          order,
          zh: `退还现金 ${yuan(-fen)} 元,而网点得知的是 ${told}`,
          en: `${yuan(-fen)} yuan went back to the customer though the station was told ${told}`,
        });
      },
    };
  },
};

/** What has been proven about every order so far. */
function proofsOf() {
  const notFound = new Set<string>();
  /** Orders that the counterpart said it has, as far as the process that heard it still lives. */
  const taken = new Set<string>();

  /** Twice, each about an inquiry of its own, apart, late enough, and never of what it said it has. */
  function isGone(order: BookedOrder): boolean {
    const rules = rulesOf(order);
    return order.legs.some((leg) => {
      const heard = leg.notFound.filter(({ inquiry }) => notFound.has(`${leg.key}.i${inquiry}`));
      const [first] = heard;
      const last = heard.at(-1);
      if (!rules || !first || !last || first.inquiry === last.inquiry) return false;
      if (leg.stages.split(' ').includes('processing') || taken.has(order.id)) return false;
      return last.at - first.at >= rules.notFoundApart && last.at - order.createdAt >= rules.notFoundAfter;
    });
  }

  function add(order: BookedOrder, outcome: 'succeeded' | 'failed'): void {
    order.proven |= bitOf(outcome);
  }

  return {
    add,
    has: (order: BookedOrder, state: 'succeeded' | 'failed') =>
      (order.proven & bitOf(state)) !== 0 || (state === 'failed' && isGone(order)),
    heard(_: number, message: Message, order: BookedOrder | undefined): void {
      const said = order?.card && saidOfCard(message, order);
      if (order && said === 'failed') add(order, 'failed');
      else if (said) notFound.add(said);
      const about = order && claimOf(message, order);
      if (!about) return;
      const { claim, leg } = about;
      if (claim.kind === 'succeeded') add(order, 'succeeded');
      else if (claim.kind === 'declined') add(order, 'failed');
      else if (claim.kind === 'notFound') notFound.add(`${leg.key}.i${claim.inquiry}`);
      else if (claim.kind === 'processing') taken.add(order.id);
    },
    crashed(): void {
      taken.clear();
    },
  };
}

const UTILITY = 'yizhan.utility.';

/**
 * What the utility's message proves of an order on a card: that it has not got it, or has let it go; or which question found
 * nothing.
 */
function saidOfCard({ type, causation = '', data }: Message, order: BookedOrder): string | undefined {
  const { outcome, result, error } = data as {
    outcome?: string;
    result?: { standing?: string; errorCode?: string };
    error?: { code: string; effect: string };
  };
  const declines = (code = '') =>
    rulesOf(order)?.declines.has(code) || (order.voids !== '' && code === 'counterpart.wrongStanding');
  switch (type) {
    case `${UTILITY}order.completed`:
    case `${UTILITY}orderVoid.completed`:
      return outcome === 'failure' && error?.effect === 'none' && declines(error.code) ? 'failed' : undefined;
    case `${UTILITY}cancel.completed`:
    case `${UTILITY}cancelVoid.completed`:
      return outcome === 'success' ? 'failed' : undefined;
    case `${UTILITY}inquire.completed`: {
      if (outcome !== 'success') return undefined;
      if (result?.standing === 'failed' && order.voids === '')
        return declines(result.errorCode) ? 'failed' : undefined;
      // A void that the books do not know leaves the purchase as it was.
      const isNothing =
        result?.standing === 'notFound' || (result?.standing === 'confirmed' && order.voids !== '');
      return isNothing ? causation : undefined;
    }
    default:
      return undefined;
  }
}
