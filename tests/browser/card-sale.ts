import type { Page } from 'playwright-core';
import { picture } from './station.ts';

/** By the keyboard, once the card is read and the customer known: the amount in yuan, and the confirmation. */
export async function sellToCard(page: Page, amount: string): Promise<void> {
  await page.waitForSelector('input[name=amount]');
  await page.keyboard.type(amount);
  await page.keyboard.press('Enter');
  await page.waitForSelector('text=交易完成前请勿拔卡');
  await picture(page, 'card-confirm');
  await page.keyboard.press('Enter');
  await page.waitForSelector('.verdict');
}
