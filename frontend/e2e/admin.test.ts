import { expect, test } from 'vitest';
import { inChromium } from './browser';

const visit = inChromium();

test('a wrong key does not open the console', async () => {
  const { page } = await visit();
  await page.goto('/admin/models');
  await page.getByRole('textbox', { name: 'Key' }).fill('also_wrong');
  await page.getByRole('button', { name: 'Open the console' }).click();
  await expect.poll(() => page.getByRole('textbox', { name: 'Key' }).getAttribute('aria-invalid')).toBe('true');
  expect(await page.getByRole('heading', { name: 'Models' }).count()).toBe(0);
});
