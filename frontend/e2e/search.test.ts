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

test.each(sizes)('a list without products offers some: $name', async ({ options }) => {
  const { page } = await visit(options);
  await page.goto('/search?q=zzzzzz&stock=true');
  await page.getByRole('heading', { name: 'Best-selling instead' }).waitFor();
  expect(await page.getByRole('article').count()).toBe(6);
  await expectAccessible(page);
  await page.getByRole('button', { name: 'Clear all' }).click();
  await expect.poll(() => page.url()).not.toContain('stock');
});
