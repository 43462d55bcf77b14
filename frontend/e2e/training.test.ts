import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { expectAccessible, inChromium, openConsole, settled } from './browser';
import { emptyShop } from './server';

const visit = inChromium();

/** Fills in parameters and starts a run; the parameters make it one that was not there before. */
async function train(
  page: Page,
  parameters: Record<string, string>,
  choices: Record<string, string> = {},
  isToChoose = true,
) {
  await page.getByRole('link', { name: 'Training' }).click();
  await page.getByRole('checkbox', { name: 'Choose weights while training' }).setChecked(isToChoose);
  for (const [label, value] of Object.entries(parameters)) await page.getByLabel(label, { exact: true }).fill(value);
  for (const [label, word] of Object.entries(choices))
    await page.getByRole('combobox', { name: label }).selectOption(word);
  await page.getByRole('button', { name: /^Train/ }).click();
  await page.waitForURL(/run=/);
}

/** The row of a model in the list. */
const rowOf = (page: Page, name: string) => page.getByRole('row').filter({ hasText: name });

test('a model is trained, watched, compared, put live, and taken back', { timeout: 180_000 }, async () => {
  const { page, troubles } = await visit();
  await openConsole(page);
  await page.getByText('Fresh', { exact: true }).waitFor();

  await train(
    page,
    { Factors: '40', Epochs: '12', Seed: String(Date.now()), 'Half-life of events': '200' },
    { 'Several pieces at once': 'Log' },
  );
  const run = page.getByRole('region', { name: /^Everything, asked for/ });
  await run.getByText(/^12 of 12$/).waitFor({ timeout: 60_000 });
  await run.getByText('Done', { exact: true }).waitFor({ timeout: 60_000 });
  expect(await run.getByRole('img').getAttribute('aria-label')).toMatch(
    /Loss by epoch: from .* at epoch 1 to .* at epoch 12 of 12/,
  );
  const log = run.getByRole('log');
  await log.getByText(/^Epoch 12 of 12: loss/).waitFor();
  await log.getByText('Events are weighed: half after 200 days, pieces count by their logarithm.').waitFor();
  await log.getByText(/^Saved as model/).waitFor();
  await expectAccessible(page);

  await page.reload(); // the run stands in the address
  await run.getByText(/^12 of 12$/).waitFor();
  const look = run.getByRole('link', { name: /^Look at model/ });
  const name = (await look.textContent())?.replace('Look at model ', '') ?? '';
  await look.click();
  await page.getByRole('heading', { name: `Model ${name}` }).waitFor();
  await page.getByText('half after 200 days, pieces count by their logarithm').waitFor();
  await page.getByRole('img', { name: /^Recall@20: this model .*; best-sellers .*; chance/ }).waitFor();
  await expectAccessible(page);
  await page.getByRole('textbox', { name: 'Name' }).fill('Summer test');
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByText('Noted.').waitFor();

  await page.getByRole('link', { name: 'Models' }).first().click();
  await rowOf(page, 'Summer test').getByRole('checkbox').check();
  await rowOf(page, 'Live').getByRole('checkbox').check();
  await page.getByRole('link', { name: 'Compare the two' }).click();
  const measures = page.getByRole('region', { name: 'How good they are' });
  await measures
    .getByText(/on Recall@20/)
    .last()
    .waitFor({ timeout: 60_000 });
  await page.reload();
  await measures.getByRole('img', { name: /^nDCG@20: first .*; second / }).waitFor();
  const lists = page.getByRole('region', { name: 'The same customers’ lists' });
  expect(await lists.getByRole('list', { name: 'Second model’s list' }).getByRole('listitem').count()).toBe(10);
  await page.getByRole('heading', { name: 'Vendors that gain and lose' }).waitFor();
  await settled(page);
  await expectAccessible(page);

  await page.getByRole('link', { name: 'Models' }).first().click();
  await rowOf(page, 'Summer test').getByRole('button', { name: 'Promote' }).click();
  const dialog = page.getByRole('dialog', { name: 'Put model Summer test live?' });
  await dialog.getByText(/of the first ten places change/).waitFor();
  await dialog.getByText(/^Judged on one hold-out/).waitFor();
  await expectAccessible(page);
  await dialog.getByRole('button', { name: 'Put Summer test live' }).click();
  await page.getByText(/^Model Summer test answers now\. Rolling back returns to/).waitFor();
  await rowOf(page, 'Live').filter({ hasText: 'Summer test' }).waitFor();

  await page.getByRole('button', { name: 'Roll back to it' }).click();
  await page.getByRole('button', { name: /^Roll back to [0-9a-f]/ }).click();
  await rowOf(page, 'Retired').filter({ hasText: 'Summer test' }).waitFor();
  await page.getByRole('button', { name: 'Delete model Summer test' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Delete model Summer test' }).click();
  await page.getByText('Model Summer test is deleted.').waitFor();
  await expect.poll(() => rowOf(page, 'Summer test').count()).toBe(0);
  expect(troubles).toEqual([]);
});

test('a run chooses its weights, and its model says which; one told not to goes without', async () => {
  const { page, troubles } = await visit();
  await openConsole(page);
  const parameters = { Factors: '24', Epochs: '6', Seed: String(Date.now()) };
  const run = page.getByRole('region', { name: /^Everything, asked for/ });
  const phases = run.getByRole('list', { name: 'Phases' }).getByRole('listitem');

  await train(page, parameters);
  await phases.filter({ hasText: 'Choose weights' }).and(page.locator('[aria-current="step"]')).waitFor();
  await run.getByText('Done', { exact: true }).waitFor({ timeout: 60_000 });
  expect(await phases.allTextContents()).toEqual([
    'Take the data',
    'Choose weights',
    'Solve',
    'Judge',
    'Save',
    'Make lists',
  ]);
  for (const phase of await phases.all()) expect(await phase.getAttribute('data-state')).toBe('done');
  const choice = /^(Chosen by foretelling|No other weights foretell better) what customers first bought in the last/;
  const text = await run.getByRole('log').getByText(choice).textContent();
  await run.getByRole('link', { name: /^Look at model/ }).click();
  const trained = page.getByRole('region', { name: 'How it was trained' });
  await trained.getByText(text ?? '', { exact: true }).waitFor();
  await expectAccessible(page);

  await train(page, parameters, {}, false);
  await run.getByText('Done', { exact: true }).waitFor({ timeout: 60_000 });
  expect(await phases.allTextContents()).toEqual(['Take the data', 'Solve', 'Judge', 'Save', 'Make lists']);
  expect(
    await run
      .getByRole('log')
      .getByText(/foretell/)
      .count(),
  ).toBe(0);
  await run.getByRole('link', { name: /^Look at model/ }).click();
  await trained.getByRole('link', { name: 'The run that made it' }).waitFor();
  expect(await trained.getByText(/foretell/).count()).toBe(0);
  expect(troubles).toEqual([]);
});

test('a run is stopped from the page, and another waits meanwhile', { timeout: 120_000 }, async () => {
  const { page } = await visit();
  await openConsole(page);
  await train(page, { Factors: '128', Epochs: '9000' });
  const run = page.getByRole('region', { name: /^Everything, asked for/ });
  await run.getByText('Running', { exact: true }).waitFor();
  await run
    .getByText(/^Epoch \d+ of 9000/)
    .last()
    .waitFor(); // the log moves
  const first = page.url();

  await page.getByRole('button', { name: 'Train next' }).click();
  await page.waitForURL((url) => url.href !== first);
  const queue = page.getByRole('region', { name: 'One run waits' });
  await queue.getByRole('button', { name: 'Stop the run' }).click();
  await queue.waitFor({ state: 'detached' });

  await page.goto(first);
  await run.getByRole('button', { name: 'Stop the run' }).click();
  await run.getByText('Stopped', { exact: true }).waitFor();
  await run.getByText('It was stopped, and made no model.').waitFor();

  await page.getByRole('combobox', { name: 'State' }).selectOption('CANCELLED');
  await page.waitForURL(/state=CANCELLED/);
  const stopped = page.getByRole('button', { name: /^Forget the run/ });
  await expect.poll(() => stopped.count()).toBe(2);
  await stopped.first().click();
  await page.getByRole('button', { name: 'Forget it for good' }).click();
  await expect.poll(() => stopped.count()).toBe(1);
});

test('a shop without a history says what to do first', { timeout: 60_000 }, async () => {
  const shop = await emptyShop();
  try {
    const { page } = await visit({ baseURL: shop.url });
    await openConsole(page, shop.adminKey);
    await page.getByRole('link', { name: 'Training' }).click();
    await page.getByText('There is not enough to learn from yet.').waitFor();
    await page.getByRole('button', { name: 'Train', exact: true }).click();
    const alert = page.getByRole('alert');
    await alert.getByText('The run was not started.').waitFor();
    expect(await alert.textContent()).toContain('import a history');
    await expectAccessible(page);
    await page.getByRole('link', { name: 'Models' }).click();
    await page.getByText('There is no model yet.').waitFor();
  } finally {
    await shop.stop();
  }
});
