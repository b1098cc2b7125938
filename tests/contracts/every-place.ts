import { alarmButton } from '../../contracts/devices/alarm-button.ts';
import { cardReader, type MeterCard } from '../../contracts/devices/card-reader.ts';
import { customerDisplay } from '../../contracts/devices/customer-display.ts';
import { sign } from '../../contracts/devices/sign.ts';
import type { Completion, Profile, ResultOf } from '../../contracts/operation.ts';
import { utility } from '../../contracts/profiles/utility.ts';
import type { Place } from '../../contracts/topics.ts';
import { createAlarmButton } from '../../drivers/alarm-button/driver.ts';
import { createCardReaderDriver } from '../../drivers/card-reader/driver.ts';
import type { CreateReaderProtocol } from '../../drivers/card-reader/reader.ts';
import { createCustomerDisplay } from '../../drivers/customer-display/driver.ts';
import type { Driver, DriverHost } from '../../drivers/kit/define-driver.ts';
import { createSign } from '../../drivers/sign/driver.ts';
import { createUtility } from '../../simulators/counterparts/utility/behaviour.ts';
import { createBooks } from '../../simulators/counterparts/utility/books.ts';
import { CONDUCTS } from '../../simulators/counterparts/utility/conduct.ts';
import { TEST_CUSTOMERS } from '../../simulators/counterparts/utility/customers.ts';
import { createAlarmButton as buttonDevice } from '../../simulators/devices/alarm-button/button.ts';
import { hexOf } from '../../simulators/devices/cards/bytes.ts';
import { returnFile } from '../../simulators/devices/cards/meter-files.ts';
import { createPurchaseCard, type PurchaseCard } from '../../simulators/devices/cards/purchase-card.ts';
import { createCustomerDisplay as displayDevice } from '../../simulators/devices/customer-display/display.ts';
import type { WiredDevice } from '../../simulators/devices/listen-line.ts';
import { createLedSign } from '../../simulators/devices/sign/sign.ts';
import { OUTLET } from '../support/small-platform.ts';
import { type Spoken, settled, speaker } from './speaker.ts';

/** Of all speakers, ms. */
const NOW = Date.UTC(2026, 10, 24, 1, 0, 0);

const at = (device: string): Place => ({ kind: 'device', outlet: OUTLET, station: '1', device });
const GRID: Place = { kind: 'counterpart', counterpart: 'state-grid', instance: '1' };

/** What the simulated utility, and the drivers of the smaller devices on their emulators, really say: each operation, and ends of each kind. */
export async function everyPlace(): Promise<Spoken[]> {
  return [...(await salesOnCards()), ...(await display()), ...(await ledSign()), ...(await button())];
}

/** A purchase, its void, and one of each that is taken back (CAR-01 to CAR-03), with one card in one reader. */
async function salesOnCards(): Promise<Spoken[]> {
  const [customer] = TEST_CUSTOMERS;
  if (!customer) throw new Error('the utility has no customers');
  const { customerNo, meterNo, cardSerial, layout, wallet } = customer;
  const returned = returnFile(layout, {
    customerNo,
    meterNo,
    count: wallet.count,
    balanceFen: 1,
    at: '2611220800',
  });
  const card = createPurchaseCard({
    serial: cardSerial,
    layout,
    parameters: { customerNo, meterNo, kind: 'purchase' },
    wallet,
    returned,
  });
  let isLate = false;
  const timers: (() => void)[] = [];
  const books = createBooks([{ kind: 'customer', at: NOW, customer }]);
  const grid = speaker(
    GRID,
    utility,
    () => NOW,
    () =>
      createUtility(books, () => (isLate ? CONDUCTS.lateSuccess : CONDUCTS.success), {
        now: () => NOW,
        after: (_ms, fn) => {
          timers.push(fn);
          return () => {};
        },
        keep: (_events, done) => done(),
      }).behaviour,
  );
  const reader = speaker(
    at('reader'),
    cardReader,
    () => NOW,
    (statusChanged) => {
      const port = { write() {}, setTimer() {}, reopen() {}, statusChanged };
      const driver = createCardReaderDriver({ create: slotWith(card), port });
      driver.opened();
      return driver;
    },
  );

  const purchase = () => {
    const { count = 0 } = books.customer(customerNo)?.wallet ?? {};
    return { customerNo, meterNo, cardSerial, count: count + 1, amountFen: 8_000 };
  };
  const keyOf = (end: Completion) => {
    const { counterpartNo } = end.result as { counterpartNo: string };
    const found = [...books.purchases()].find((each) => each.counterpartNo === counterpartNo);
    return { originalKey: found?.key ?? '' };
  };
  const write = async (originalKey: string, purpose: 'purchase' | 'void') => {
    const read = await reader.ask<MeterCard>('read', {});
    const challenge = read.result?.challenge ?? '';
    const sealed = await grid.ask<ResultOf<typeof utility.operations.seal>>('seal', {
      originalKey,
      cardSerial,
      challenge,
      purpose,
    });
    await reader.ask('write', { serial: cardSerial, challenge, ...sealed.result });
  };

  await grid.ask('findCustomer', { customerNo, meterNo, cardSerial });
  const bought = keyOf(await grid.ask('order', { ...purchase(), returned: hexOf(returned) }));
  await grid.ask('order', purchase()); // refused: one is open
  await write(bought.originalKey, 'purchase');
  await grid.ask('confirm', bought);
  await grid.ask('cancel', bought); // refused
  const voiding = { ...bought, amountFen: 8_000 };
  await grid.ask('orderVoid', voiding);
  await grid.ask('cancelVoid', bought);
  await grid.ask('orderVoid', voiding);
  await write(bought.originalKey, 'void');
  await grid.ask('confirmVoid', bought);
  await grid.ask('inquire', bought);
  await grid.ask('inquire', { originalKey: 'nobody' });
  await grid.ask('cancel', keyOf(await grid.ask('order', purchase())));
  isLate = true;
  const late = grid.request('order', purchase());
  await settled();
  for (const ring of timers.splice(0)) ring();
  await settled();
  if (books.purchase(late)?.standing !== 'ordered') throw new Error('the late order never came');

  await reader.ask('inquire', { originalKey: 'nobody' });
  await reader.ask('release', {});
  await reader.ask('cancel', { originalKey: 'nobody' });
  reader.leave();
  return [...grid.said, ...reader.said];
}

/** A reader without a wire, with this card in it. */
const slotWith =
  (card: PurchaseCard): CreateReaderProtocol =>
  (port) => ({
    model: 'a slot in memory',
    holdsCard: true,
    cards: ['cpu'],
    request(request, reply) {
      if (request.do === 'powerOn') return reply({ ok: 'reset', chip: 'cpu', answerToReset: card.powerOn() });
      if (request.do === 'transmit') return reply({ ok: 'answer', bytes: card.transmit(request.apdu) });
      if (request.do === 'readMemory')
        return reply({ failed: { why: 'refused', sent: false }, detail: 'no memory card' });
      if (request.do === 'powerOff') card.powerOff();
      reply({ ok: 'done' });
    },
    opened() {
      port.ready();
      port.stateChanged({ media: 'present' });
    },
    lost() {},
    bytes() {},
    timer() {},
  });

async function display(): Promise<Spoken[]> {
  const device = displayDevice({ digits: 8 });
  const told = wired('display', customerDisplay, device, (host) =>
    createCustomerDisplay(host, { digits: 8, labels: true }),
  );
  await told.ask('show', { amountFen: 12_345, label: 'total' });
  await told.ask('show', {});
  await told.ask('cancel', { originalKey: 'nobody' });
  return told.said;
}

async function ledSign(): Promise<Spoken[]> {
  const told = wired('sign', sign, createLedSign({ characters: 8 }), (host) =>
    createSign(host, { characters: 8 }),
  );
  await told.ask('show', { text: '今日停电' });
  await told.ask('show', { text: '比八个字更长的一句话' });
  await told.ask('cancel', { originalKey: 'nobody' });
  return told.said;
}

async function button(): Promise<Spoken[]> {
  const device = buttonDevice();
  const told = wired('alarm', alarmButton, device, createAlarmButton);
  device.push();
  await told.ask('acknowledge', { press: 1 });
  await told.ask('acknowledge', { press: 2 });
  await told.ask('cancel', { originalKey: 'nobody' });
  return told.said;
}

/** A driver at its emulated device, on a line in memory. */
function wired(name: string, profile: Profile, device: WiredDevice, create: (host: DriverHost) => Driver) {
  return speaker(
    at(name),
    profile,
    () => NOW,
    (statusChanged) => {
      const driver = create({
        write: (bytes) => device.input(bytes),
        setTimer() {},
        statusChanged,
        reopen() {},
        unfinished: false,
        platformTime: () => NOW,
        note: { before: undefined, write: (_value, durable) => durable() },
      });
      device.attach?.((bytes) => driver.bytes(bytes));
      driver.opened();
      return driver;
    },
  );
}
