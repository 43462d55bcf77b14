import { expect, test } from 'vitest';
import { expectAccessible, inChromium, settled, sizes } from './browser';

const visit = inChromium();

test('a typo finds, and the page says what it was taken for', async () => {
  const { page, troubles } = await visit();
  await page.goto('/search?q=taepot');
  await page.getByText('Showing results for').waitFor();
  expect(await page.getByRole('article').count()).toBeGreaterThan(0);
  await expectAccessible(page);
  expect(troubles).toEqual([]);
});

test('a chosen attribute is in the address, survives a reload, and its chip takes it away', async () => {
  const { page } = await visit({ viewport: { width: 1440, height: 900 } });
  await page.goto('/search?q=tea');
  await settled(page);
  const count = () => page.getByText(/^\d+ products?$/).textContent();
  const all = await count();
  const colour = page.getByRole('group', { name: 'Colour' }).getByRole('checkbox').first();
  await colour.check();
  await expect.poll(() => page.url()).toContain('attribute=');
  await expect.poll(count).not.toBe(all);
  await page.reload();
  await settled(page);
  expect(await count()).not.toBe(all);
  await page.getByRole('button', { name: /^Remove Colour: / }).click();
  await expect.poll(count).toBe(all);
  expect(page.url()).not.toContain('attribute=');
});

test('a band of prices narrows, stays in the address, and its count is what one gets', async () => {
  const { page } = await visit({ viewport: { width: 1440, height: 900 } });
  await page.goto('/search?q=tea');
  await settled(page);
  const prices = page.getByRole('group', { name: 'Price' });
  const band = prices.locator('label').nth(2); // after any price and the cheapest
  const [label = '', count = ''] = await band.locator('span').allTextContents();
  await band.getByRole('radio').check();
  await page.getByText(count === '1' ? '1 product' : `${count} products`, { exact: true }).waitFor();
  const [min, max] = [...label.matchAll(/€([\d.]+)/g)].map(([, amount]) => Number(amount));
  const outside = async () => {
    const prices = (await page.locator('main article strong').allTextContents()).map((text) => Number(text.slice(1)));
    return prices.length === 0 ? ['none'] : prices.filter((price) => !(price >= Number(min) && price <= Number(max)));
  };
  await expect.poll(outside).toEqual([]); // the cards follow the count a moment later
  await page.reload();
  await settled(page);
  expect(await prices.getByRole('radio', { name: label }).isChecked()).toBe(true);
  await page.getByRole('button', { name: `Remove ${label}` }).click();
  await expect.poll(() => page.url()).not.toMatch(/min=|max=/);
});

test('every chosen filter has its chip, by its name, even where nothing fits', async () => {
  const { page } = await visit({ viewport: { width: 1440, height: 900 } });
  const chosen = 'category=["teapots"]&vendor=["bramble-teaspoon"]&attribute=["colour:none such"]&min="1"&stock=true';
  await page.goto(`/search?q=tea&${encodeURI(chosen)}`);
  await page.getByText('Nothing fits.').waitFor();
  for (const name of ['Teapots', 'Bramble & Teaspoon', 'Colour: none such', '€1.00 and above', 'In stock']) {
    await page.getByRole('button', { name: `Remove ${name}`, exact: true }).waitFor();
  }
  expect(
    await page
      .getByRole('group', { name: 'Colour' })
      .getByLabel(/^none such/)
      .isChecked(),
  ).toBe(true);
  await page.getByRole('button', { name: 'Remove Colour: none such' }).click();
  await expect.poll(() => page.url()).not.toContain('none');
});

test.each(sizes)('a list without products offers some: $name', async ({ options }) => {
  const { page } = await visit(options);
  await page.goto('/search?q=zzzzzz&stock=true');
  await page.getByRole('heading', { name: 'Best-selling instead' }).waitFor();
  expect(await page.getByRole('article').count()).toBe(6);
  await expectAccessible(page);
  await page.getByRole('button', { name: 'Clear all' }).click();
  await expect.poll(() => page.url()).not.toContain('stock');
});
