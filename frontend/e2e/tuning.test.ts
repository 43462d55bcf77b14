import { expect, test } from 'vitest';
import { expectAccessible, inChromium, openConsole, settled } from './browser';

const visit = inChromium();

test('a configuration is searched for, watched, stopped and trained with', { timeout: 180_000 }, async () => {
  const { page, troubles } = await visit();
  await openConsole(page);
  await page.getByRole('link', { name: 'Training' }).click();
  await page.getByRole('link', { name: 'Search for a better configuration' }).click();
  await page.getByText('No search yet.').waitFor();
  await page.getByRole('combobox', { name: 'How long' }).selectOption('1');
  await page.getByRole('button', { name: 'Search', exact: true }).click();
  await page.waitForURL(/tuning=/);

  const search = page.getByRole('region', { name: /^Search by nDCG@20, asked for/ });
  await search.getByText('Running', { exact: true }).waitFor();
  const trials = search.getByRole('table').getByRole('row');
  await expect.poll(() => trials.count(), { timeout: 60_000 }).toBeGreaterThan(3); // its head, and trials
  await search.getByText(/^The best so far: nDCG@20 0\.\d{4}$/).waitFor();
  expect(await search.getByRole('img').getAttribute('aria-label')).toMatch(
    /^nDCG@20 of \d+ whole trials: the first 0\./,
  );
  await expectAccessible(page);

  await page.reload(); // the search stands in the address
  await search.getByRole('button', { name: 'Stop the search' }).click();
  await search.getByText('Stopped', { exact: true }).waitFor({ timeout: 30_000 });
  const found = await search.getByText(/^The best: nDCG@20/).textContent();
  await page.reload();
  await settled(page);
  expect(await search.getByText(/^The best: nDCG@20/).textContent()).toBe(found);
  await expectAccessible(page);

  await search.getByRole('button', { name: 'Train with this configuration' }).click();
  await search.getByRole('link', { name: 'Watch the run' }).click();
  const run = page.getByRole('region', { name: /^Everything, asked for/ });
  await run.getByText('Done', { exact: true }).waitFor({ timeout: 90_000 });
  await run.getByRole('link', { name: /^Look at model/ }).waitFor();
  expect(troubles).toEqual([]);
});
