import { expect, inject, test } from 'vitest';
import { inChromium } from './browser';

const visit = inChromium();

test('the playground runs an example without the network, and one that needs a key with it', async () => {
  const { page, troubles } = await visit();
  const elsewhere: string[] = [];
  page.on('request', (request) => {
    if (!request.url().startsWith(inject('url')) && !/^(data|blob):/.test(request.url())) elsewhere.push(request.url());
  });
  await page.goto('/playground');
  const result = page
    .getByRole('region', { name: 'Operation Response' })
    .or(page.locator('.graphiql-response'))
    .first();
  await page.getByRole('button', { name: /Execute/ }).click();
  await expect.poll(() => result.textContent()).toContain('recommendationId');

  await page.getByRole('textbox', { name: 'Key' }).fill(inject('adminKey'));
  await page.getByRole('button', { name: 'Use' }).click();
  await page.getByRole('tab', { name: 'Models' }).click();
  // GraphiQL reads a tab's operations a moment after it shows them: until then it runs the last tab's.
  const runAgain = async () => {
    await page.getByRole('button', { name: /Execute/ }).click();
    return result.textContent();
  };
  await expect.poll(runAgain, { interval: 300, timeout: 10_000 }).toContain('"models"');
  expect(elsewhere).toEqual([]);
  expect(troubles).toEqual([]);
});
