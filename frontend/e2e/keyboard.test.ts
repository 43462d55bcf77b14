import { expect, test } from 'vitest';
import { expectAccessible, inChromium, settled } from './browser';

const visit = inChromium();

test('with the keyboard alone one reaches and buys a product', async () => {
  const { page } = await visit();
  await page.goto('/');
  const row = page.getByRole('region', { name: 'For you', exact: true });
  await row.waitFor();
  await page.keyboard.press('Tab');
  expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('Skip to the products');
  await page.keyboard.press('Enter');
  await page.keyboard.press('Tab');
  const outline = await page.evaluate(() => {
    const focused = document.activeElement;
    return focused ? getComputedStyle(focused).outlineStyle : 'none';
  });
  expect(outline).not.toBe('none');
  const label = () => page.evaluate(() => document.activeElement?.getAttribute('aria-label') ?? '');
  while (!/^Buy .* now$/.test(await label())) await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await page.getByText('Ordered:').waitFor();
});

test('a row is walked with the arrow keys, and its cards come into sight', async () => {
  const { page } = await visit({ viewport: { width: 1440, height: 900 } });
  await page.goto('/');
  await settled(page);
  const row = page.getByRole('region', { name: 'Best-sellers', exact: true });
  const links = row.locator('article > a');
  await links.first().focus();
  await page.keyboard.press('ArrowRight');
  expect(await links.nth(1).evaluate((link) => link === document.activeElement)).toBe(true);
  await page.keyboard.press('End');
  const last = links.last();
  expect(await last.evaluate((link) => link === document.activeElement)).toBe(true);
  await expect
    .poll(() => page.evaluate(() => (document.activeElement?.getBoundingClientRect().right ?? 0) <= window.innerWidth))
    .toBe(true);
  await page.keyboard.press('Home');
  expect(await links.first().evaluate((link) => link === document.activeElement)).toBe(true);
});

test('the search offers what fits while one types, and is worked with the keyboard alone', async () => {
  const { page, troubles } = await visit();
  await page.goto('/');
  await page.getByRole('region', { name: 'For you', exact: true }).waitFor();
  const box = page.getByRole('combobox', { name: 'Search the shop' });
  await box.focus();
  await page.keyboard.type('teap');
  const options = page.getByRole('listbox', { name: 'Suggestions' }).getByRole('option');
  const teapots = options.filter({ hasText: /^Teapots/ });
  await teapots.waitFor();
  await page.getByText(/^\d+ suggestions, by the arrow keys\.$/).waitFor({ state: 'attached' });
  await expectAccessible(page);
  await page.keyboard.press('ArrowUp'); // from the text to the last
  expect(await options.last().getAttribute('aria-selected')).toBe('true');
  expect(await box.getAttribute('aria-activedescendant')).toBe(await options.last().getAttribute('id'));
  await page.keyboard.press('Escape');
  await options.first().waitFor({ state: 'detached' });
  expect(await box.inputValue()).toBe('teap');
  await page.keyboard.press('ArrowDown');
  await teapots.waitFor();
  while ((await teapots.getAttribute('aria-selected')) !== 'true') await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await page.waitForURL('**/category/teapots');
  await expect.poll(() => page.evaluate(() => document.activeElement?.tagName)).toBe('H1');
  await box.fill('taepot');
  await options.filter({ hasText: 'Search for teapot' }).waitFor();
  await page.keyboard.press('Enter');
  await page.waitForURL('**/search?q=taepot');
  expect(troubles).toEqual([]);
});

test('a move to another page puts the focus on its heading, and names it', async () => {
  const { page } = await visit();
  await page.goto('/');
  await page.getByRole('region', { name: 'For you', exact: true }).waitFor();
  await page.locator('main article > a').first().click();
  const heading = page.getByRole('heading', { level: 1 });
  await expect.poll(() => heading.evaluate((h1) => h1 === document.activeElement)).toBe(true);
  const name = await heading.textContent();
  await expect.poll(() => page.title()).toBe(`${name} · Also`);
  await page.goBack();
  await expect.poll(() => page.evaluate(() => document.activeElement?.tagName)).toBe('H1');
});

test('who wants no motion gets none', async () => {
  const { page } = await visit({ reducedMotion: 'reduce' });
  await page.addInitScript(() => {
    const animate = Element.prototype.animate;
    Object.assign(window, { animated: 0 });
    Element.prototype.animate = function (...given) {
      (window as unknown as { animated: number }).animated++;
      return animate.apply(this, given);
    };
  });
  await page.goto('/');
  const row = page.getByRole('region', { name: 'For you', exact: true });
  await row.locator('li').first().waitFor();
  await row
    .locator('li')
    .first()
    .getByRole('button', { name: /^Buy .* now$/ })
    .click();
  await page.getByText('Ordered:').waitFor();
  await page.getByRole('link', { name: 'Also', exact: true }).hover();
  await settled(page);
  const moving = await page.evaluate(() => ({
    scripted: (window as unknown as { animated: number }).animated,
    styled: document.getAnimations().filter(({ effect }) => Number(effect?.getTiming().duration) > 0).length,
  }));
  expect(moving).toEqual({ scripted: 0, styled: 0 });
});
