import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Page } from 'playwright-core';
import { test } from 'vitest';
import { become, inChromium, openConsole, settled } from './browser';

const folder = resolve(process.env.SCREENSHOTS ?? '.');
const visit = inChromium();

const shop = {
  home: '/',
  search: '/search?q=tea',
  product: '/product/POT-0001',
  category: '/category/tea-and-coffee',
  cart: '/cart',
  account: '/account',
  taste: '/taste',
};
const admin = {
  overview: '/admin',
  training: '/admin/training',
  models: '/admin/models',
  customers: '/admin/customers?customer=C-00001',
  products: '/admin/products',
  imports: '/admin/imports',
  keys: '/admin/keys',
};

const sizes = [
  { name: 'phone', viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true },
  { name: 'desk', viewport: { width: 1440, height: 900 } },
];

/** Takes a picture of each page in light and in dark, when nothing on it is on its way any more. */
async function picture(page: Page, size: string, pages: Record<string, string>, prefix: string) {
  for (const [name, path] of Object.entries(pages)) {
    await page.goto(path);
    await settled(page);
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      await page.waitForTimeout(300);
      await page.screenshot({ path: join(folder, `${prefix}-${name}-${size}-${colorScheme}.png`) });
    }
  }
}

test.each(sizes)('pictures for a $name', { timeout: 600_000 }, async ({ name, ...options }) => {
  mkdirSync(folder, { recursive: true });
  const { page } = await visit(options);
  await become(page, 'Mira');
  await page
    .getByRole('button', { name: /^Add .* to the cart$/ })
    .first()
    .click();
  await picture(page, name, shop, 'shop');
  await openConsole(page);
  await picture(page, name, admin, 'admin');
  await picture(page, name, { start: '/playground' }, 'playground');
});
