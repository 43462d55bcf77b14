import { copyFileSync, mkdirSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { test } from 'vitest';
import { comeIn, inChromium, real, settled, sizes } from './browser';
import { addressesOf } from './routes';

const folder = resolve(process.env.SCREENSHOTS ?? '.');
const visit = inChromium();

/** PAGES names what to take pictures of, by a pattern: PAGES='^/admin/(orders|models)'. */
const wanted = new RegExp(process.env.PAGES ?? '');

/** The pictures that the docs show, by what they are called here. */
const shown: Record<string, string> = {
  'home-desk-light': 'shop-home-desk-light',
  'home-phone-dark': 'shop-home-phone-dark',
  'product-POT-0001-desk-light': 'shop-product-desk-light',
  'taste-desk-light': 'shop-taste-desk-light',
  'admin-desk-light': 'admin-overview-desk-light',
};
const docs = new URL('../../docs/screenshots/', import.meta.url).pathname;

const nameOf = (path: string) => path.replace(/[^\w-]+/g, '-').replace(/^-|-$/g, '') || 'home';

const cases = (['shop', 'admin', 'playground'] as const).flatMap((application) =>
  sizes.map(({ name, options }) => ({ application, name, options })),
);

/** Each page, of the height of the window, in light and in dark, when nothing on it is on its way any more. */
test.each(cases)('pictures of the $application for a $name', { timeout: 600_000 }, async (one) => {
  const paths = addressesOf(one.application).filter((path) => wanted.test(path));
  if (paths.length === 0) return;
  mkdirSync(folder, { recursive: true });
  const { page } = await visit(one.options);
  await comeIn[one.application](page);
  await page.emulateMedia({ reducedMotion: 'reduce' });
  for (const path of paths) {
    await page.goto(await real(path));
    await settled(page);
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      const file = join(folder, `${nameOf(path)}-${one.name}-${colorScheme}.png`);
      await page.screenshot({ path: file, animations: 'disabled' });
      const documented = shown[basename(file, '.png')];
      if (documented) copyFileSync(file, join(docs, `${documented}.png`));
    }
  }
});
