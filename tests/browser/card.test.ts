import { describe, expect, it } from 'vitest';
import { wireError } from '../../contracts/errors.ts';
import { OUTLET } from '../support/small-platform.ts';
import { sellToCard } from './card-sale.ts';
import { hasBrowser, picture, signIn, withBrowser } from './station.ts';

const READER = { kind: 'device', outlet: OUTLET, station: '1', device: 'reader' } as const;
const UTILITY = { kind: 'counterpart', counterpart: 'state-grid', instance: '1' } as const;
const CARD = {
  card: 'meter',
  layout: '2013',
  serial: '0011223344556677',
  meterNo: '000012345678',
  customerNo: '510100012345',
  kind: 'purchase',
  wallet: { count: 3, amountFen: 5_000 },
  returned: { count: 3, balanceFen: 1_200, data: '6811' },
  challenge: 'A1B2C3D4E5F60718',
} as const;
const AFTER = { count: 4, amountFen: 10_000 };

describe.skipIf(!hasBrowser)('the page with a meter card', () => {
  const { atStation } = withBrowser();

  async function atCounter() {
    const station = await atStation();
    const { page, platform } = station;
    platform.online(READER, 'card-reader');
    platform.online(UTILITY, 'utility');
    platform.answers.set('yizhan.card-reader.read', () => ({ outcome: 'success', result: CARD }));
    const { customerNo, meterNo } = CARD;
    platform.answers.set('yizhan.utility.findCustomer', () => ({
      outcome: 'success',
      result: {
        customerNo,
        meterNo,
        name: '张*',
        address: '春熙路',
        arrearsFen: 0,
        count: 3,
        maximumFen: 500_000,
      },
    }));
    await signIn(page);
    await page.click('nav >> text=电卡购电');
    await page.click('button:has-text("读卡")');
    await page.waitForSelector('text=张* 510100012345');
    await sellToCard(page, '100');
    await page.waitForSelector('text=正在向电力公司下单,请勿拔卡');
    const id = await station.orderId();
    const says = (place: typeof READER | typeof UTILITY, result: object) =>
      platform.reply(place, id, 'completed', { outcome: 'success', result });
    await says(UTILITY, { customerNo, meterNo, cardSerial: CARD.serial, ...AFTER, counterpartNo: 'SG1' });
    await page.waitForSelector('text=正在读卡,请勿拔卡');
    await says(READER, CARD);
    await says(UTILITY, {
      before: CARD.wallet,
      after: AFTER,
      authorization: '0011223344556677',
      files: [{ file: 'wallet', data: '00', mac: '00112233' }],
    });
    await page.waitForSelector('text=正在写卡,请勿拔卡');
    return { ...station, id, says };
  }

  it('CAR-01 reads, looks up, confirms and follows the card to its receipt, by the keyboard', async () => {
    const { page, platform, says, complaints } = await atCounter();
    await picture(page, 'card-writing');
    await says(READER, { serial: CARD.serial, wallet: AFTER, written: 'now' });
    await page.waitForSelector('h1 >> text=缴费成功');
    await page.waitForSelector('text=可以取卡并收款');
    await page.waitForSelector('button:has-text("补确认")');
    await says(UTILITY, { counterpartNo: 'SG1' });
    await page.waitForSelector('text=交易完成,可以取卡');
    await page.waitForSelector('button:has-text("撤销购电")');
    await picture(page, 'card-done');
    expect(platform.published.some(({ envelope }) => envelope.type === 'yizhan.utility.confirm')).toBe(true);
    expect(complaints).toEqual([]);
  });

  it('CAR-07 in doubt it says neither to refund nor to sell again, and goes on when the card is back', async () => {
    const { page, platform, id, says } = await atCounter();
    platform.online(READER, 'card-reader', false);
    await platform.reply(READER, id, 'completed', {
      outcome: 'unknown',
      error: wireError('device.writeUncertain', { effect: 'unknown' }),
    });
    await page.waitForSelector('text=请勿退款,也不要重新购电');
    expect(await page.locator('button:has-text("账务撤销")').count()).toBe(0);
    await picture(page, 'card-doubt');
    platform.online(READER, 'card-reader');
    await page.click('button:has-text("卡已放好,继续")');
    await page.waitForSelector('text=正在读卡,请勿拔卡');
    const { returned: _, ...cleared } = CARD;
    await says(READER, { ...cleared, wallet: AFTER });
    await page.waitForSelector('h1 >> text=缴费成功');
  });
});
