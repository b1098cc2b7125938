import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, describe as group, it } from 'vitest';
import { contentOf, openCounterCards } from '../../../platform/commands/counter-cards.ts';
import { emptyReturn, walletFile } from '../../../simulators/devices/cards/meter-files.ts';
import { writeSealed } from '../../../simulators/devices/meter/meter.ts';

const NOW = Date.UTC(2026, 11, 1, 1);
const folders: string[] = [];

afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

function folder(): string {
  const made = mkdtempSync(join(tmpdir(), 'yizhan-cards-'));
  folders.push(made);
  return made;
}

/** What a purchase does to the card. */
function buy({ card }: ReturnType<ReturnType<typeof openCounterCards>['find']>, amountFen: number): void {
  writeSealed(card, 'returned', emptyReturn(card.layout));
  writeSealed(card, 'wallet', walletFile({ count: contentOf(card).wallet.count + 1, amountFen }));
}

group('the customers’ cards and meters of a bench', () => {
  it('a purchase reaches the meter once, and its answer the card', () => {
    const cards = openCounterCards(folder());
    const holder = cards.find('0001');
    buy(holder, 5_000);
    expect(contentOf(holder.card)).toMatchObject({
      wallet: { count: 8, amountFen: 5_000 },
      returned: 'empty',
    });
    expect(cards.insertIntoMeter(holder, NOW)).toMatchObject({ creditedFen: 5_000 });
    expect(cards.insertIntoMeter(holder, NOW)).toMatchObject({ creditedFen: 0 });
    expect(holder.meter).toMatchObject({ count: 8, balanceFen: 6_200 });
    expect(holder.shown).toBe('62.00 元');
    expect(contentOf(holder.card).returned).toEqual({ count: 8, balanceFen: 6_200 });
  });

  it('S11 what is on cards and meters outlives the bench, a torn file, too', () => {
    const at = folder();
    const before = openCounterCards(at);
    buy(before.find('0002'), 7_000);
    before.insertIntoMeter(before.find('0002'), NOW);
    const torn = before.find('0001').card;
    torn.powerOn();
    // Without an authorization nothing is written: what is torn is made here.
    (torn.files as { returned: Uint8Array }).returned = Uint8Array.of(
      0x68,
      ...torn.files.returned.subarray(1, 9),
      ...new Uint8Array(40),
    );
    torn.onChange();

    const after = openCounterCards(at);
    expect(after.find('0002').meter).toMatchObject({ count: 4, balanceFen: 8_200 });
    expect(contentOf(after.find('0002').card).wallet).toEqual({ count: 4, amountFen: 7_000 });
    expect(contentOf(after.find('0001').card).returned).toBe('torn');
    expect(readdirSync(at)).toEqual(['cards.json']);
  });

  it('a customer is named by the last digits; nobody and more than one are refused with those there are', () => {
    const { find } = openCounterCards(folder());
    expect(find('9914').customer.customerNo).toBe('510100009914');
    expect(() => find('4711')).toThrow(/no customer.*«4711».*0001, 0002/);
    expect(() => find('1')).toThrow(/more than one .*«1»/);
  });
});
