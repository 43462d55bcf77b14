import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { become, inChromium, settled, skusOf } from './browser';

const visit = inChromium();

/** What a request records. */
interface Body {
  variables?: { events?: { type: string; sku: string }[] };
}

const row = (page: Page) => page.getByRole('region', { name: 'For you', exact: true });

test('without a network the shop says so, keeps what it shows, and goes on when it is back', async () => {
  const { page } = await visit();
  await page.goto('/');
  await row(page).locator('li').first().waitFor();
  await page.context().setOffline(true);
  await page.getByText('You are offline.').waitFor();
  const add = row(page).getByRole('button', { name: /^Add / }).first();
  await add.click();
  await page.getByText('The server cannot be reached.').waitFor();
  expect(await row(page).locator('li').count()).toBeGreaterThan(3);
  await page.context().setOffline(false);
  await page.getByText('You are offline.').waitFor({ state: 'detached' });
  await add.click();
  await page.getByRole('link', { name: 'Cart, 1 piece' }).waitFor();
});

test('what fails says so in its place, and is asked again on request', async () => {
  const { page } = await visit();
  const cut = (url: URL) => url.pathname === '/graphql';
  await page.route(cut, (route) => route.abort());
  for (const [path, title] of [
    ['/', '“For you” cannot be shown now.'],
    ['/search?q=tea', 'The products cannot be listed now.'],
    ['/product/POT-0001', 'This product cannot be shown now.'],
    ['/cart', 'Your cart cannot be shown now.'],
    ['/orders', 'Your orders cannot be shown now.'],
    ['/taste', 'Your taste cannot be shown now.'],
    ['/account', 'Your account cannot be shown now.'],
  ] as const) {
    await page.goto(path);
    await page.getByRole('alert').filter({ hasText: title }).waitFor();
  }
  await page.goto('/');
  const retry = page.getByRole('button', { name: 'Try again' }).first();
  await retry.waitFor();
  await page.unroute(cut);
  await retry.click();
  await row(page).locator('li').first().waitFor();
});

test('every address survives a reload, with what was chosen on it', async () => {
  const { page } = await visit();
  await page.goto('/search?q=tea');
  await settled(page);
  await page.getByLabel('In stock only').check();
  await page.getByLabel('Sort by').selectOption('PRICE_ASC');
  await expect.poll(() => page.url()).toMatch(/stock=true.*sort=PRICE_ASC|sort=PRICE_ASC.*stock=true/);
  const names = () => page.locator('main article').evaluateAll((cards) => cards.map((card) => card.textContent));
  // The first cards are drawn at once, and the others a moment later.
  await expect.poll(async () => (await names()).length).toBe(24);
  await settled(page);
  const before = await names();
  await page.reload();
  await settled(page);
  expect(await page.getByLabel('In stock only').isChecked()).toBe(true);
  expect(await page.getByLabel('Sort by').inputValue()).toBe('PRICE_ASC');
  await expect.poll(names).toEqual(before);
});

test('what was seen for a second is recorded, once, and nothing that was not in sight', async () => {
  const { page } = await visit({ viewport: { width: 1440, height: 900 } });
  const seen: string[] = [];
  page.on('request', (request) => {
    const { variables } = JSON.parse(request.postData() ?? '{}') as Body;
    for (const { type, sku } of variables?.events ?? []) if (type === 'IMPRESSION') seen.push(sku);
  });
  await page.goto('/');
  await row(page).locator('li').nth(12).waitFor({ state: 'attached' });
  const outOfSight = (await skusOf(page, 'For you'))[11];
  // The row may be given another order meanwhile: whatever stands first in the end has been seen.
  const first = async () => (await skusOf(page, 'For you'))[0] ?? '';
  await expect.poll(async () => seen.includes(await first()), { timeout: 10_000 }).toBe(true);
  expect(seen).not.toContain(outOfSight);
  expect(new Set(seen).size).toBe(seen.length);
});

test('a product stands once on the page, in no row of fewer than four', async () => {
  const { page } = await visit();
  await become(page, 'Mira');
  for (const path of ['/', '/product/POT-0001']) {
    await page.goto(path);
    await settled(page);
    const rows = await page
      .locator('main section:has(li)')
      .evaluateAll((all) => all.map((one) => [...one.querySelectorAll('li')].map((li) => li.dataset.key ?? '')));
    expect(rows.length).toBeGreaterThan(1);
    expect(rows.length).toBeLessThanOrEqual(path === '/' ? 5 : 4);
    for (const skus of rows) expect(skus.length).toBeGreaterThanOrEqual(4);
    const all = rows.flat();
    expect(new Set(all).size).toBe(all.length);
  }
});

test('the shop knows a visitor’s taste, and forgets what they take back', async () => {
  const { page } = await visit();
  await become(page, 'Oskar');
  await page.goto('/taste');
  const list = page.getByRole('list', { name: 'What decides what you are shown' });
  await list.waitFor();
  const percents = await list.locator('strong').allTextContents();
  const sum = percents.reduce((total, text) => total + (text.startsWith('<') ? 0 : Number.parseInt(text, 10)), 0);
  expect(sum).toBe(100);
  const row = list
    .locator('li')
    .filter({ has: page.getByRole('button') })
    .first();
  const name = await row.getByRole('link').textContent();
  await row.getByRole('button').click();
  await page.getByText('That no longer counts.').waitFor();
  await expect.poll(() => list.getByRole('link', { name: name ?? '', exact: true }).count()).toBe(0);
});
