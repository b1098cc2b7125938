import Type from 'typebox';
import { cardReader, type MeterCard } from '../../contracts/devices/card-reader.ts';
import {
  type Completion,
  checkOf,
  completionSchema,
  type ResultOf,
  typesOf,
} from '../../contracts/operation.ts';
import { utility } from '../../contracts/profiles/utility.ts';
import { SECOND } from '../../contracts/time.ts';
import type { CardStage } from '../core/card-work.ts';
import { deviceOf, instanceOf } from '../core/presence.ts';
import { explain } from '../core/problems.ts';
import { meterCard } from '../core/services/meter-card.ts';
import { findOrder, type State } from '../core/state.ts';
import { viewOf } from '../core/views.ts';
import type { App, Context } from './app.ts';
import { allow, whoIs } from './guard.ts';
import { Refused } from './problem.ts';
import { answers, orderRef } from './schemas.ts';
import type { Person } from './sessions.ts';

const READ = typesOf(cardReader, 'read');
const RELEASE = typesOf(cardReader, 'release');
const FIND = typesOf(utility, 'findCustomer');
const READ_WITHIN = 20 * SECOND;
const RELEASE_WITHIN = 15 * SECOND;
const FIND_WITHIN = 15 * SECOND;

const misfitsRead = checkOf(completionSchema(cardReader.operations.read.result));
const misfitsRelease = checkOf(completionSchema(cardReader.operations.release.result));
const misfitsFind = checkOf(completionSchema(utility.operations.findCustomer.result));

type Read = ResultOf<typeof cardReader.operations.read>;
type Found = ResultOf<typeof utility.operations.findCustomer>;

/** What a teller looks at before anything is sold: the card in the reader, and the customer it belongs to. Neither changes anything. */
export function cardReadings(app: App, { platform }: Context): void {
  app.post(
    '/api/card-readings',
    {
      schema: {
        summary: 'Reads the card in this station’s reader (CAR-01)',
        description:
          '`openOrder`: an order for this meter that is not finished, to go on with by POST /api/orders/{id}/card-work. ' +
          '`isInserted`: the meter has taken the last purchase, so that another may be sold.',
        response: answers(
          200,
          Type.Object({
            card: cardReader.operations.read.result,
            isInserted: Type.Boolean(),
            openOrder: Type.Optional(orderRef),
          }),
          'platform.forbidden',
          'platform.readerOffline',
          'platform.cardUnreadable',
          'platform.noAnswer',
        ),
      },
    },
    async (request) => {
      const who = whoIs(request);
      const place = await platform.read((state) => {
        allow(state, who, 'workOnCard', who.organisation);
        return deviceOf(state, who.organisation, who.station, 'card-reader');
      });
      if (!place) throw new Refused('platform.readerOffline');
      const card = resultOf<Read>(await platform.ask(place, READ, {}, READ_WITHIN), misfitsRead);
      const meterNo = card.card === 'meter' ? card.meterNo : undefined;
      const openOrder = await platform.read((state) => {
        const id = meterNo === undefined ? undefined : state.meters.get(meterNo);
        const order = id === undefined ? undefined : findOrder(state, id);
        return order && viewOf(order);
      });
      return { card, isInserted: isInserted(card), ...(openOrder ? { openOrder } : {}) };
    },
  );

  app.post(
    '/api/card-releases',
    {
      schema: {
        summary: 'Gives the card in this station’s reader back; without one it is done already',
        response: answers(
          200,
          cardReader.operations.release.result,
          'platform.forbidden',
          'platform.readerOffline',
          'platform.cardInUse',
          'platform.cardNotReleased',
          'platform.noAnswer',
        ),
      },
    },
    async (request) => {
      const who = whoIs(request);
      const place = await platform.read((state) => {
        allow(state, who, 'workOnCard', who.organisation);
        if (isReaderBusy(state, who)) throw new Refused('platform.cardInUse');
        return deviceOf(state, who.organisation, who.station, 'card-reader');
      });
      if (!place) throw new Refused('platform.readerOffline');
      const asked = await platform.ask(place, RELEASE, {}, RELEASE_WITHIN, 'command');
      return resultOf<object>(asked, misfitsRelease, 'platform.cardNotReleased');
    },
  );

  app.post(
    '/api/meter-customers',
    {
      schema: {
        summary: 'Asks the utility who the customer is and whether the card may be sold to (CAR-01)',
        body: Type.Object(utility.operations.findCustomer.request.properties, {
          additionalProperties: false,
        }),
        response: answers(
          200,
          utility.operations.findCustomer.result,
          'platform.forbidden',
          'platform.counterpartOffline',
          'platform.counterpartRefused',
          'platform.noAnswer',
        ),
      },
    },
    async (request) => {
      const who = whoIs(request);
      const place = await platform.read((state) => {
        allow(state, who, 'workOnCard', who.organisation);
        return instanceOf(state, meterCard.counterpart);
      });
      if (!place) throw new Refused('platform.counterpartOffline');
      const asked = await platform.ask(place, FIND, request.body, FIND_WITHIN);
      return resultOf<Found>(asked, misfitsFind, 'platform.counterpartRefused');
    },
  );
}

/** An order is at work on the card that lies in this person's reader, or soon will be. */
function isReaderBusy(state: State, { organisation, station }: Person): boolean {
  return [...state.live].some((id) => {
    const order = findOrder(state, id);
    const card = order?.card;
    if (card?.organisation !== organisation || card.station !== station) return false;
    // Where the utility does not answer, the customer is sent away with the card.
    return card.stage === 'ordering' ? order?.state === 'processing' : AT_WORK.includes(card.stage);
  });
}

const AT_WORK: readonly CardStage[] = ['reading', 'sealing', 'writing'];

const isInserted = (card: Read) => card.card === 'meter' && hasTaken(card);

const hasTaken = ({ wallet, returned }: MeterCard) => wallet.count === 0 || returned?.count === wallet.count;

/** The result of an answered question. Throws {@link Refused} where there is none, with what the place said. */
function resultOf<Result>(
  completion: Completion | undefined,
  misfits: (data: unknown) => string | undefined,
  refusal:
    | 'platform.cardUnreadable'
    | 'platform.cardNotReleased'
    | 'platform.counterpartRefused' = 'platform.cardUnreadable',
): Result {
  if (!completion) throw new Refused('platform.noAnswer');
  const misfit = misfits(completion);
  if (misfit) throw new Refused('platform.noAnswer', { detail: `the answer breaks its schema: ${misfit}` });
  if (completion.outcome === 'success') return completion.result as Result;
  const { code = '' } = completion.error ?? {};
  const texts = explain(code);
  throw new Refused(refusal, { detail: texts ? `${code}: ${texts.zh} · ${texts.en}` : code });
}
