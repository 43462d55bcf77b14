import { expect, test } from 'vitest';
import { become, expectAccessible, inChromium, openConsole, skusOf } from './browser';

const visit = inChromium();

test('what a shopper buys again says their rhythm, and buying it puts it off', async () => {
  const { page, troubles } = await visit();
  await become(page, 'Bruno');
  const row = page.getByRole('region', { name: 'Buy again', exact: true });
  await row.scrollIntoViewIfNeeded();
  const first = row.locator('li').first();
  await first.getByText(/^You (buy this about every|bought this)/).waitFor();
  const [sku] = await skusOf(page, 'Buy again');
  await expectAccessible(page);

  await first.getByRole('button', { name: /^Buy .* now$/ }).click();
  await page.getByText('Ordered:').waitFor();
  await page.getByRole('link', { name: 'Also', exact: true }).hover();
  // It is put off: said to be bought today, or behind others, maybe further than the row reaches.
  const today = row.locator(`[data-sku="${sku}"]`).getByText(/the last time today$/);
  await expect.poll(async () => (await today.count()) > 0 || (await skusOf(page, 'Buy again'))[0] !== sku).toBe(true);

  await row.locator('li').first().hover();
  await row
    .locator('li')
    .first()
    .getByRole('button', { name: /^Why this/ })
    .click();
  await page
    .getByRole('dialog')
    .getByText(/^You (buy|bought) this/)
    .waitFor();
  await page.keyboard.press('Escape');
  expect(troubles).toEqual([]);
});

test('the cart asks what is needed again, and leaves out what is in it', async () => {
  const { page, troubles } = await visit();
  await become(page, 'Mira');
  await page.goto('/cart');
  const name = 'Do you need these again?';
  const row = page.getByRole('region', { name, exact: true });
  await row.locator('li').first().waitFor();
  const [sku] = await skusOf(page, name);
  const cart = page.getByRole('link', { name: /^Cart, / });
  const before = await cart.getAttribute('aria-label'); // others became Mira before
  await row
    .locator('li')
    .first()
    .getByRole('button', { name: /^Add .* to the cart$/ })
    .click();
  await expect.poll(() => cart.getAttribute('aria-label')).not.toBe(before);
  await page.reload();
  await row.locator('li').first().waitFor();
  expect(await skusOf(page, name)).not.toContain(sku);
  expect(troubles).toEqual([]);
});

test('the console shows what a customer would be offered again', async () => {
  const { page, troubles } = await visit();
  await openConsole(page);
  await page.goto('/admin/customers');
  await page.getByRole('row').nth(1).getByRole('link').first().click();
  await page.getByLabel('Place', { exact: true }).selectOption('buy-again');
  await page.waitForURL(/placement=buy-again/);
  await page
    .getByText(/^You (buy|bought) this|Nothing would be shown/)
    .first()
    .waitFor();
  expect(troubles).toEqual([]);
});
