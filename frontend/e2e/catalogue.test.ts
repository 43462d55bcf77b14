import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { ask, expectAccessible, inChromium, openConsole, settled } from './browser';

const visit = inChromium();

/** The row of a table that begins with these words. */
const row = (page: Page, name: string) => page.getByRole('row').filter({ has: page.getByText(name, { exact: true }) });

test('a vendor is added, renamed, refused while a product names it, and deleted', { timeout: 60_000 }, async () => {
  const name = `Reed & Rush ${Date.now()}`;
  const { page, troubles } = await visit();
  await openConsole(page);
  await page.getByRole('link', { name: 'Vendors' }).click();
  await page.getByRole('button', { name: 'Add a vendor' }).click();
  await page.getByLabel('Name').fill(name);
  await page.getByRole('button', { name: 'Add the vendor' }).click();
  await page.getByText(`${name} is saved.`).waitFor();
  const { vendors } = await ask('query($q: String) { vendors(query: $q) { edges { node { slug } } } }', { q: name });
  const { slug } = vendors.edges[0].node;
  const sku = `E2E-${Date.now()}`;
  const created = await ask(
    'mutation($in: ProductCreateInput!) { productCreate(input: $in) { product { sku } userErrors { message } } }',
    { in: { sku, name: 'Reed basket', vendor: slug, status: 'DRAFT', price: { amount: '9', currency: 'EUR' } } },
  );
  expect(created.productCreate.userErrors).toEqual([]);

  await page.goto(`/admin/vendors?q=${encodeURIComponent(name)}`);
  await page.getByRole('button', { name: `Edit ${name}` }).click();
  await page.getByLabel('Name').fill(`${name} Ltd`);
  await page.getByRole('button', { name: 'Save' }).click();
  await row(page, `${name} Ltd`).waitFor();
  await page.getByRole('button', { name: `Delete ${name} Ltd` }).click();
  await page.getByText('One product names it').waitFor();
  await settled(page);
  await expectAccessible(page);
  await page.getByRole('link', { name: 'Show them' }).click();
  await page.getByRole('link', { name: 'Reed basket' }).waitFor();

  await ask('mutation($s: String!) { productDelete(input: {sku: $s}) { deletedId } }', { s: sku });
  await page.goto(`/admin/vendors?q=${encodeURIComponent(name)}`);
  await page.getByRole('button', { name: `Delete ${name} Ltd` }).click();
  await page
    .getByRole('dialog')
    .getByRole('button', { name: `Delete ${name} Ltd` })
    .click();
  await page.getByText('Nothing fits.').waitFor();
  expect((await ask('query($s: String) { vendor(slug: $s) { slug } }', { s: slug })).vendor).toBeNull();
  expect(troubles).toEqual([]);
});

test('a category is added below another, moved to the root, and deleted', { timeout: 60_000 }, async () => {
  const name = `Lanterns ${Date.now()}`;
  const { page, troubles } = await visit();
  await openConsole(page);
  await page.getByRole('link', { name: 'Categories' }).click();
  await page.getByRole('button', { name: 'Add a category' }).click();
  await page.getByLabel('Name').fill(name);
  const parent = page.getByLabel('Below');
  await parent.selectOption({ index: 1 });
  const above = await parent.inputValue();
  await page.getByRole('button', { name: 'Add the category' }).click();
  await page.getByText(`${name} is saved.`).waitFor();
  const find = async () =>
    (await ask('query($q: String) { categories(query: $q) { edges { node { parent { slug } } } } }', { q: name }))
      .categories.edges;
  expect((await find())[0].node.parent.slug).toBe(above);

  await page.getByRole('button', { name: `Edit ${name}` }).click();
  await page.getByLabel('Below').selectOption('');
  await page.getByRole('button', { name: 'Save' }).click();
  await expect.poll(async () => (await find())[0].node.parent).toBeNull();
  await page.getByRole('button', { name: `Delete ${name}` }).click();
  await settled(page);
  await expectAccessible(page);
  await page
    .getByRole('dialog')
    .getByRole('button', { name: `Delete ${name}` })
    .click();
  await page.getByText(`${name} is deleted.`).waitFor();
  expect(await find()).toEqual([]);
  expect(troubles).toEqual([]);
});
