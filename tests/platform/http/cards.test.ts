import { describe, expect, it } from 'vitest';
import type { MeterCard } from '../../../contracts/devices/card-reader.ts';
import { wireError } from '../../../contracts/errors.ts';
import { orderId } from '../../support/ids.ts';
import { OTHER_OUTLET } from '../../support/memory-platform.ts';
import { OUTLET } from '../../support/small-platform.ts';
import { httpOver, signedIn } from './client.ts';

const READER = { kind: 'device', outlet: OUTLET, station: '1', device: 'reader' } as const;
const UTILITY = { kind: 'counterpart', counterpart: 'state-grid', instance: '1' } as const;
const CUSTOMER = '510100012345';

/** The card that lies in the reader: bought three times, and its meter has taken the last one. */
const CARD: MeterCard = {
  card: 'meter',
  layout: '2013',
  serial: '0011223344556677',
  meterNo: '000012345678',
  customerNo: CUSTOMER,
  kind: 'purchase',
  wallet: { count: 3, amountFen: 5_000 },
  returned: { count: 3, balanceFen: 1_200, data: '6811' },
  challenge: 'A1B2C3D4E5F60718',
};
const AFTER = { count: 4, amountFen: 10_000 };
const { serial, meterNo, customerNo, wallet, returned } = CARD;
const SEEN = { serial, meterNo, customerNo, wallet, returned };
const READ = 'yizhan.card-reader.read';

async function counter({ reader = true, utility = true } = {}) {
  const { app, platform } = await httpOver({ creditFen: 100_000 });
  if (reader) platform.online(READER, 'card-reader');
  if (utility) platform.online(UTILITY, 'utility');
  const ask = await signedIn(app);
  const lies = { card: CARD as MeterCard };
  platform.answers.set(READ, () => ({ outcome: 'success', result: lies.card }));
  const id = orderId(1);
  const said = (place: typeof READER | typeof UTILITY, result: object) =>
    platform.reply(place, id, 'completed', { outcome: 'success', result });
  return {
    app,
    platform,
    ask,
    lies,
    id,
    said,
    buy: (more: object = {}) =>
      ask('POST', '/api/card-purchases', { id, card: SEEN, amountFen: 10_000, ...more }),
    order: async () => (await ask('GET', `/api/orders/${id}`)).body,
    ordered: () => said(UTILITY, { customerNo, meterNo, cardSerial: serial, ...AFTER, counterpartNo: 'SG1' }),
    sealed: () =>
      said(UTILITY, {
        before: wallet,
        after: AFTER,
        authorization: '0011223344556677',
        files: [{ file: 'wallet', data: '00', mac: '00112233' }],
      }),
    written: () => said(READER, { serial, wallet: AFTER, written: 'now' }),
  };
}

describe('meter cards', () => {
  it('CAR-01 reads the card and asks who the customer is; neither changes anything', async () => {
    const { ask, platform } = await counter();
    const read = await ask('POST', '/api/card-readings');
    expect([read.status, read.body]).toEqual([200, { card: CARD, isInserted: true }]);
    const found = {
      customerNo,
      meterNo,
      name: '张*',
      address: '成都市',
      arrearsFen: 0,
      count: 3,
      maximumFen: 100_000,
    };
    platform.answers.set('yizhan.utility.findCustomer', () => ({ outcome: 'success', result: found }));
    const customer = await ask('POST', '/api/meter-customers', { customerNo, meterNo, cardSerial: serial });
    expect([customer.status, customer.body]).toEqual([200, found]);
    expect(platform.published.filter(({ envelope }) => envelope.key)).toEqual([]);
  });

  it('CAR-01 says what is wrong with the card, the reader or the answer, and what to do', async () => {
    const { ask, platform } = await counter();
    platform.answers.set(READ, () => ({ outcome: 'failure', error: wireError('device.cardInvalid') }));
    const bad = await ask('POST', '/api/card-readings');
    expect([bad.status, bad.body.code]).toEqual([422, 'platform.cardUnreadable']);
    expect(bad.body.detail).toContain('擦净触点');
    platform.answers.set(READ, () => ({ outcome: 'success', result: { card: 'meter' } }));
    expect((await ask('POST', '/api/card-readings')).body.code).toBe('platform.noAnswer');
    platform.answers.delete(READ);
    const silent = await ask('POST', '/api/card-readings');
    expect([silent.status, silent.body.code]).toEqual([504, 'platform.noAnswer']);
    const without = await counter({ reader: false });
    expect((await without.ask('POST', '/api/card-readings')).body.code).toBe('platform.readerOffline');
  });

  it('CAR-01 from the order to the written card, its receipt and the confirmation', async () => {
    const { buy, order, ordered, sealed, written, said, ask } = await counter();
    const taken = await buy();
    expect([taken.status, taken.body.kind, taken.body.state]).toEqual([202, 'cardPurchase', 'processing']);
    expect(taken.body.card).toMatchObject({ stage: 'ordering', zh: '正在向电力公司下单,请勿拔卡', may: [] });
    expect(taken.body.fields.customerNo).toBe('********2345');
    await ordered();
    expect((await order()).card.stage).toBe('reading');
    await said(READER, CARD);
    await sealed();
    expect((await order()).card.zh).toContain('正在写卡');
    await written();
    const done = await order();
    expect([done.state, done.card.stage, done.card.may]).toEqual(['succeeded', 'closing', ['confirm']]);
    expect(done.receipt.number).toBe('261123-0002');
    expect((await ask('GET', '/api/credit')).body).toMatchObject({ balanceFen: 90_000, heldFen: 0 });
    await said(UTILITY, { counterpartNo: 'SG1' });
    expect((await order()).card).toMatchObject({ stage: 'closed', may: ['void'] });
    expect((await buy()).status).toBe(200);
  });

  it('CAR-03 a second purchase on the card is refused while the first is open; proven unwritten it is taken back', async () => {
    const { buy, order, ordered, said, ask, id, platform } = await counter();
    const { journalNo } = (await buy()).body;
    await ordered();
    expect((await buy({ id: orderId(2) })).body.code).toBe('platform.cardOrderOpen');
    await said(READER, { ...CARD, serial: '8877665544332211' });
    expect((await order()).card).toMatchObject({ stage: 'waiting', may: ['work', 'takeBack'] });
    expect((await order()).card.zh).toContain('不是原来的卡');
    const takeBack = (more: object) =>
      ask('POST', `/api/orders/${id}/take-back`, { customerNo, journalNo, amountFen: 10_000, ...more });
    expect((await takeBack({ amountFen: 9_999 })).body.code).toBe('platform.notFound');
    expect((await takeBack({})).status).toBe(202);
    expect((await order()).card.zh).toContain('请退还用户现金');
    await said(UTILITY, { counterpartNo: 'SG1' });
    expect(await order()).toMatchObject({ state: 'failed', problem: 'platform.cardNotWritten' });
    expect((await ask('GET', '/api/credit')).body).toMatchObject({ balanceFen: 100_000, heldFen: 0 });
    expect(platform.published.at(-1)?.envelope.type).toBe('yizhan.utility.cancel');
  });

  it('CAR-04 CAR-07 a card that may be written is neither taken back nor refunded; another outlet’s reader decides', async () => {
    const { buy, order, ordered, said, sealed, ask, id, platform, app } = await counter();
    const { journalNo } = (await buy()).body;
    await ordered();
    await said(READER, CARD);
    await sealed();
    platform.online(READER, 'card-reader', false);
    await platform.reply(READER, id, 'completed', {
      outcome: 'unknown',
      error: wireError('device.writeUncertain', { effect: 'unknown' }),
    });
    const doubt = await order();
    expect([doubt.state, doubt.card.may]).toEqual(['unknown', ['work']]);
    expect(doubt.card.zh).toContain('请勿退款');
    const back = await ask('POST', `/api/orders/${id}/take-back`, {
      customerNo,
      journalNo,
      amountFen: 10_000,
    });
    expect(back.body.code).toBe('platform.cardMayBeWritten');
    expect((await ask('GET', `/api/unconfirmed?customerNo=${CUSTOMER}`)).body.orders).toHaveLength(1);

    const elsewhere = { ...READER, outlet: OTHER_OUTLET };
    platform.online(elsewhere, 'card-reader');
    const other = await signedIn(app, OTHER_OUTLET);
    expect((await other('POST', '/api/card-readings')).body.openOrder.id).toBe(id);
    expect((await other('POST', `/api/orders/${id}/card-work`)).status).toBe(202);
    await platform.reply(elsewhere, id, 'completed', {
      outcome: 'success',
      result: { ...CARD, wallet: AFTER, returned: undefined },
    });
    expect((await order()).state).toBe('succeeded');
  });

  it('CAR-05 tells the utility at once what is proven, by the purchase’s journal number', async () => {
    const { buy, ordered, said, sealed, written, ask, id, platform } = await counter();
    const { journalNo } = (await buy()).body;
    await ordered();
    await said(READER, CARD);
    await sealed();
    await written();
    const found = await ask('GET', `/api/orders/by-journal-no/${journalNo}`);
    expect(found.body.card.may).toEqual(['confirm']);
    const told = () =>
      platform.published.filter(({ envelope }) => envelope.type === 'yizhan.utility.confirm');
    expect(told()).toHaveLength(1);
    expect((await ask('POST', `/api/orders/${id}/confirmation`)).status).toBe(200);
    expect(new Set(told().map(({ envelope }) => envelope.key)).size).toBe(2);
  });

  it('CAR-02 CAR-04 CAR-06 a void by journal number, customer and amount; the list shows the voided number', async () => {
    const { buy, ordered, said, sealed, written, ask, platform } = await counter();
    const { journalNo } = (await buy()).body;
    await ordered();
    await said(READER, CARD);
    await sealed();
    await written();
    await said(UTILITY, { counterpartNo: 'SG1' });
    const undo = (more: object = {}) =>
      ask('POST', '/api/card-voids', { id: orderId(3), journalNo, customerNo, amountFen: 10_000, ...more });
    expect((await undo({ id: orderId(4), customerNo: '510100099999' })).body.code).toBe(
      'platform.voidNotAllowed',
    );
    expect((await undo()).body).toMatchObject({ kind: 'cardVoid', state: 'processing' });
    const { orders } = (await ask('GET', '/api/unconfirmed')).body;
    expect(orders.map((each: { voidedJournalNo: string }) => each.voidedJournalNo)).toEqual([journalNo]);
    expect(platform.published.at(-1)?.envelope.type).toBe('yizhan.utility.orderVoid');
  });

  it('CAR-01 refuses a card whose last purchase the meter has not taken', async () => {
    const { buy } = await counter();
    const { returned: _, ...notInserted } = SEEN;
    expect((await buy({ card: notInserted })).body.code).toBe('platform.cardNotInserted');
  });

  it('ACC-03 only tellers work on cards', async () => {
    const { app } = await counter();
    const clerk = await signedIn(app, '51019901', 'clerk');
    expect((await clerk('POST', '/api/card-readings')).status).toBe(403);
    expect(
      (await clerk('POST', '/api/card-purchases', { id: orderId(1), card: SEEN, amountFen: 100 })).status,
    ).toBe(403);
  });

  it('CAR-01 the card is given back, but not while its order is at work on it', async () => {
    const { ask, platform, buy, ordered, id } = await counter();
    const asked: object[] = [];
    platform.answers.set('yizhan.card-reader.release', (_, data) => {
      asked.push(data);
      return { outcome: 'success', result: {} };
    });
    const release = () => ask('POST', '/api/card-releases');
    expect((await release()).status).toBe(200);
    await buy();
    expect([(await release()).status, (await release()).body.code]).toEqual([422, 'platform.cardInUse']);
    await ordered();
    expect((await release()).body.code).toBe('platform.cardInUse');
    expect(asked).toHaveLength(1);
    await platform.reply(READER, id, 'completed', {
      outcome: 'failure',
      error: wireError('device.cardNotPresent'),
    });
    expect((await release()).status, 'the order waits for a person').toBe(200);
    platform.answers.set('yizhan.card-reader.release', () => ({
      outcome: 'failure',
      error: wireError('device.cardJammed'),
    }));
    const jammed = await release();
    expect([jammed.status, jammed.body.code]).toEqual([422, 'platform.cardNotReleased']);
    expect(jammed.body.detail).toContain('device.cardJammed');
    const without = await counter({ reader: false });
    expect((await without.ask('POST', '/api/card-releases')).body.code).toBe('platform.readerOffline');
  });

  it('CAR-03 where the utility gives no answer the customer may leave with the card', async () => {
    const { ask, platform, buy, order } = await counter();
    platform.answers.set('yizhan.card-reader.release', () => ({ outcome: 'success', result: {} }));
    await buy();
    platform.advance(70_000);
    expect((await order()).card).toMatchObject({
      stage: 'ordering',
      zh: expect.stringContaining('可先取卡'),
    });
    expect((await ask('POST', '/api/card-releases')).status).toBe(200);
  });
});
