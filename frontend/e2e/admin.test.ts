import { expect, test } from 'vitest';
import { inChromium, openConsole } from './browser';

const visit = inChromium();

test('a model is trained, watched, put live, and taken back', { timeout: 120_000 }, async () => {
  const { page, troubles } = await visit();
  await openConsole(page);
  await page.getByText('Fresh', { exact: true }).waitFor();

  await page.getByRole('link', { name: 'Training' }).click();
  await page.getByRole('button', { name: 'Parameters' }).click();
  const factors = String(33 + (Date.now() % 60)); // the same parameters would make the same model
  await page.getByLabel('Factors').fill(factors);
  await page.getByRole('button', { name: /^Train/ }).click();
  const run = page.getByRole('region', { name: /The (last run|run under way)/ });
  await run.getByText('Running').or(run.getByText('Waiting')).first().waitFor();
  const mine = page.getByRole('row').filter({ has: page.getByRole('cell', { name: factors, exact: true }) });
  await mine.getByText('Done').waitFor({ timeout: 50_000 });
  await run.getByText(/^(\d+) of \1$/).waitFor();
  expect(await run.getByRole('img').getAttribute('aria-label')).toMatch(
    /Loss by epoch: from .* at epoch 1 to .* of \d+/,
  );

  await page.getByRole('link', { name: 'Models' }).click();
  const candidate = page.getByRole('row').filter({ hasText: 'Candidate' }).first();
  const name = await candidate.getByRole('cell').nth(1).textContent();
  await candidate.getByRole('button', { name: 'Promote' }).click();
  await page.getByRole('button', { name: `Put ${name} live` }).click();
  await page.getByText(`Model ${name} answers now.`).waitFor();
  await expect.poll(() => page.getByRole('row').filter({ hasText: 'Live' }).textContent()).toContain(name);

  await page.getByRole('button', { name: 'Roll back to it' }).click();
  await page.getByRole('button', { name: /^Roll back to [0-9a-f]/ }).click();
  await expect.poll(() => page.getByRole('row').filter({ hasText: 'Live' }).textContent()).not.toContain(name);
  expect(troubles).toEqual([]);
});

test('two models are compared, and the address keeps the choice', async () => {
  const { page } = await visit();
  await openConsole(page);
  await page.getByRole('link', { name: 'Models' }).click();
  const boxes = page.getByRole('checkbox');
  await boxes.nth(0).check();
  await boxes.nth(1).check();
  await page.getByRole('heading', { name: 'Side by side' }).waitFor();
  await page.reload();
  await page.getByRole('heading', { name: 'Side by side' }).waitFor();
  await page.getByText('nDCG@20').nth(1).waitFor();
});

test('a wrong key does not open the console', async () => {
  const { page } = await visit();
  await page.goto('/admin/models');
  await page.getByRole('textbox', { name: 'Key' }).fill('also_wrong');
  await page.getByRole('button', { name: 'Open the console' }).click();
  await expect.poll(() => page.getByRole('textbox', { name: 'Key' }).getAttribute('aria-invalid')).toBe('true');
  expect(await page.getByRole('heading', { name: 'Models' }).count()).toBe(0);
});
