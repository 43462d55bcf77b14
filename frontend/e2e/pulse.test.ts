import { expect, test } from 'vitest';
import { become, expectAccessible, inChromium, openConsole, settled } from './browser';

const visit = inChromium();

test('a purchase appears in the live tail within a second, and its way shows', async () => {
  const shopper = await visit();
  await become(shopper.page, 'Bruno');
  const bought = shopper.page.getByRole('region', { name: 'For you', exact: true }).locator('li').first();
  await bought.waitFor();
  const { page, troubles } = await visit();
  await openConsole(page);
  await page.goto('/admin/events?type=ORDER_PLACED');
  const tail = page.getByRole('region', { name: 'Now' });
  await tail.getByText(/Waiting for something to happen/).waitFor();
  await page.waitForLoadState('networkidle'); // the socket is open
  await bought.getByRole('button', { name: /^Buy .* now$/ }).click();
  await bought.getByRole('button', { name: 'Ordered' }).waitFor();
  const event = tail.getByRole('link', { name: 'Order placed' }).first();
  await event.waitFor({ timeout: 1000 });
  await event.click();
  const steps = page.getByRole('list', { name: 'Steps' });
  await steps.getByText('In the journal').waitFor();
  expect(await steps.getByText('Done', { exact: true }).count()).toBeGreaterThanOrEqual(2);
  await page.reload();
  await steps.getByText('It is still in the landing').waitFor();
  expect(troubles).toEqual([]);
});

test('a problem has its button, and a setting is kept', async () => {
  const { page, troubles } = await visit();
  await openConsole(page);
  const attention = page.getByRole('region', { name: 'Needs attention' });
  const problem = attention.getByRole('listitem').filter({ hasText: 'Nothing trains by itself.' });
  await problem.getByRole('link', { name: 'Set a schedule' }).click();
  const schedule = page.getByLabel('Training schedule');
  await schedule.fill('now and then');
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByText('is not a schedule').waitFor();
  await schedule.fill('0 2 * * *');
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByText(/^Saved\./).waitFor();
  await page.reload();
  await expect.poll(() => schedule.inputValue()).toBe('0 2 * * *');
  await page.goto('/admin');
  await settled(page);
  expect(await problem.count()).toBe(0);
  await page.goto('/admin/settings');
  await page.getByLabel('Shop’s name').fill('Fern & Flint');
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByText(/^Saved\./).waitFor();
  await page.goto('/');
  await page.getByRole('link', { name: 'Fern & Flint', exact: true }).waitFor();
  await page.goto('/admin/settings');
  await page.getByLabel('Shop’s name').fill('Also'); // as other tests know it
  await schedule.fill('');
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByText(/^Saved\./).waitFor();
  expect(troubles).toEqual([]);
});

test('every pipe shows how it does, accessible in light and dark and on a phone', { timeout: 120_000 }, async () => {
  const { page } = await visit({ viewport: { width: 390, height: 844 } });
  await openConsole(page);
  for (const path of ['/admin', '/admin/events', '/admin/transporter', '/admin/settings']) {
    await page.goto(path);
    await settled(page);
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      await expectAccessible(page);
    }
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    expect.soft(wide, path).toBe(0);
  }
  await page.goto('/admin/transporter');
  await page.getByRole('cell', { name: 'Commands → journal', exact: true }).waitFor();
});
