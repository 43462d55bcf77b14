import type { BrowserContextOptions } from 'playwright-core';
import { expect, test } from 'vitest';
import { adminRouter } from '../src/apps/admin/router';
import { shopRouter } from '../src/apps/shop/router';
import { comeIn, expectAccessible, followShifts, inChromium, real, settled, sizes } from './browser';
import { type Application, addresses, addressesOf } from './routes';

const visit = inChromium();

/** How far things may move by themselves. */
const mayShift = 0.02;

test('the table of pages knows every route', () => {
  const routes = { shop: shopRouter(), admin: adminRouter() };
  for (const application of ['shop', 'admin'] as const) {
    const known = Object.keys(addresses[application]).filter((route) => route !== '*');
    expect(known.sort(), application).toEqual(Object.keys(routes[application].routesByPath).sort());
  }
});

const signedIn = new Map<Application, BrowserContextOptions['storageState']>();

async function signIn(application: Application) {
  const known = signedIn.get(application);
  if (known) return known;
  const { page } = await visit();
  await comeIn[application](page);
  const state = await page.context().storageState();
  await page.context().close();
  signedIn.set(application, state);
  return state;
}

const cases = (['shop', 'admin', 'playground'] as const).flatMap((application) =>
  addressesOf(application).flatMap((path) => sizes.map((size) => ({ application, path, size: size.name, ...size }))),
);

test.each(cases)(
  '$path on a $size: accessible in light and dark, no wider than the window, named, and it does not shift',
  async ({ application, path, options }) => {
    const { page, troubles } = await visit({ ...options, storageState: await signIn(application) });
    const shifts = await followShifts(page);
    await page.goto(await real(path));
    await settled(page);
    const { sum, moved } = await shifts();
    expect.soft(sum, `cumulative layout shift: ${moved.join('\n')}`).toBeLessThan(mayShift);
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      await expectAccessible(page);
    }
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    expect.soft(wide, 'px wider than the window').toBe(0);
    expect.soft(await page.getByRole('heading', { level: 1 }).count(), 'first headings').toBe(1);
    expect.soft(await page.title()).toMatch(/Also/);
    expect.soft(troubles).toEqual([]);
    await page.context().close();
  },
);
