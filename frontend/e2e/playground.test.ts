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
  // A click that comes before the editor has its text runs nothing, so it is repeated, as a person would.
  const runs = async (wanted: string) => {
    const execute = async () => {
      await page.getByRole('button', { name: /Execute/ }).click();
      return expect
        .poll(() => result.textContent(), { timeout: 1500 })
        .toContain(wanted)
        .then(
          () => true,
          () => false,
        );
    };
    await expect.poll(execute, { timeout: 20_000 }).toBe(true);
  };
  await runs('recommendationId');

  await page.getByRole('textbox', { name: 'Key' }).fill(inject('adminKey'));
  await page.getByRole('button', { name: 'Use' }).click();
  await page.getByRole('tab', { name: 'Models' }).click();
  await runs('"models"');
  expect(elsewhere).toEqual([]);
  expect(troubles).toEqual([]);
});
