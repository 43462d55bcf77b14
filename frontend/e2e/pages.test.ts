import type { Page } from 'playwright-core';
import { expect, inject, test } from 'vitest';
import { become, expectAccessible, inChromium, openConsole, settled } from './browser';

const visit = inChromium();
const schemes = ['light', 'dark'] as const;
const shopPages = [
  '/',
  '/search?q=tea',
  '/product/POT-0001',
  '/category/tea-and-coffee',
  '/cart',
  '/orders',
  '/account',
  '/taste',
  '/nowhere',
];
const consolePages = [
  '/admin',
  '/admin/training',
  '/admin/models',
  '/admin/customers?customer=C-00001',
  '/admin/products',
  '/admin/products/POT-0001',
  '/admin/keys',
];

/** Checks a page in both schemes, once nothing on it is on its way any more. */
async function checkPage(page: Page, path: string) {
  await page.goto(path);
  await settled(page);
  for (const colorScheme of schemes) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await expectAccessible(page);
  }
}

test('every page of the shop is accessible, in light and in dark', { timeout: 300_000 }, async () => {
  const { page } = await visit();
  await become(page, 'Mira');
  await page.getByRole('region', { name: 'For you', exact: true }).waitFor();
  for (const path of shopPages) await checkPage(page, path);
});

test('every page of the console is accessible, in light and in dark', { timeout: 300_000 }, async () => {
  const { page } = await visit();
  await checkPage(page, '/admin'); // asks for a key
  await openConsole(page);
  for (const path of consolePages) await checkPage(page, path);
});

test('the shop’s first load is light and does not shift', async () => {
  const { page } = await visit();
  const session = await page.context().newCDPSession(page);
  await session.send('Network.enable');
  const sizes = { page: 0, fonts: 0 };
  const kinds = new Map<string, string>();
  session.on('Network.responseReceived', ({ requestId, type }) => kinds.set(requestId, type));
  session.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
    const kind = kinds.get(requestId) ?? '';
    if (kind === 'Font') sizes.fonts += encodedDataLength;
    if (['Document', 'Script', 'Stylesheet'].includes(kind)) sizes.page += encodedDataLength;
  });
  await page.addInitScript(() => {
    const shift = { total: 0 };
    Object.assign(window, { shift });
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries() as (PerformanceEntry & { value: number; hadRecentInput: boolean })[]) {
        if (!entry.hadRecentInput) shift.total += entry.value;
      }
    }).observe({ type: 'layout-shift', buffered: true });
  });
  await page.goto('/');
  await page.getByRole('region', { name: 'For you', exact: true }).waitFor();
  await page.waitForLoadState('networkidle');
  const shift = await page.evaluate(() => (window as unknown as { shift: { total: number } }).shift.total);
  expect.soft(sizes.page / 1000, 'kB of HTML, JS and CSS').toBeLessThan(180);
  expect.soft(sizes.fonts / 1000, 'kB of fonts').toBeLessThan(80);
  expect.soft(shift, 'cumulative layout shift').toBeLessThan(0.02);
  console.info(`first load: ${JSON.stringify(sizes)} bytes, layout shift ${shift.toFixed(4)}`);
});

test('with the keyboard alone one reaches and buys a product', async () => {
  const { page } = await visit();
  await page.goto('/');
  await page.getByRole('region', { name: 'For you', exact: true }).waitFor();
  await page.keyboard.press('Tab');
  expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('Skip to the products');
  await page.keyboard.press('Enter');
  await page.keyboard.press('Tab');
  const outline = await page.evaluate(() => {
    const focused = document.activeElement;
    return focused ? getComputedStyle(focused).outlineStyle : 'none';
  });
  expect(outline).not.toBe('none');
  await page.keyboard.press('Tab');
  expect(await page.evaluate(() => document.activeElement?.getAttribute('aria-label'))).toMatch(/^Buy .* now$/);
});

test('a phone sees no page wider than itself', { timeout: 180_000 }, async () => {
  const { page } = await visit({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });
  await openConsole(page);
  for (const path of [...shopPages, ...consolePages, '/playground']) {
    await page.goto(path);
    await settled(page);
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    expect.soft(wide, `${inject('url')}${path}`).toBe(0);
  }
});
