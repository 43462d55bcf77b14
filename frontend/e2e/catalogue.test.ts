import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { ask, expectAccessible, followShifts, inChromium, openConsole, settled } from './browser';

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
  await page.waitForLoadState('networkidle'); // its picture is gone with it

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

test('a product is added and gets several pictures, and the shop shows them one after the other', {
  timeout: 60_000,
}, async () => {
  const sku = `E2E-PICTURES-${Date.now()}`;
  const { page, troubles } = await visit();
  await openConsole(page);
  await page.getByRole('link', { name: 'Products', exact: true }).click();
  await page.getByRole('button', { name: 'Add a product' }).click();
  await page.getByLabel('Name').fill('Teapot, three ways');
  await page.getByLabel('Sku').fill(sku);
  await page.getByRole('textbox', { name: 'Price' }).fill('9');
  await page.getByRole('button', { name: 'Add the draft' }).click();
  await page.getByRole('heading', { name: 'Teapot, three ways' }).waitFor();
  await page.getByLabel('State').selectOption('ACTIVE');
  for (const [number, address] of ['POT-0001', 'POT-0002', 'POT-0003'].entries()) {
    await page.getByRole('button', { name: 'Add a picture' }).click();
    await page.getByLabel(`Address of picture ${number + 1}`).fill(`/pictures/${address}.svg`);
    await page.getByLabel(`What picture ${number + 1} shows`).fill(`The teapot as ${address}`);
  }
  await page.getByRole('button', { name: 'Move picture 3 up' }).click();
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByText('is saved.').waitFor();
  await settled(page);
  await expectAccessible(page);
  const { product } = await ask('query($s: String!) { product(sku: $s) { image images { alt } } }', { s: sku });
  expect(product.image).toBe('/pictures/POT-0001.svg');
  expect(product.images.map(({ alt }: { alt: string }) => alt.slice(-1))).toEqual(['1', '3', '2']);

  const shifts = await followShifts(page);
  await page.goto(`/product/${sku}`);
  await page.getByRole('button', { name: 'Picture 1 of 3' }).press('ArrowRight');
  await page.getByRole('img', { name: 'The teapot as POT-0003' }).waitFor();
  const second = page.getByRole('button', { name: 'Picture 2 of 3' });
  expect(await second.evaluate((button) => button === document.activeElement)).toBe(true);
  const strip = page.getByRole('list').filter({ has: page.getByRole('img', { name: 'The teapot as POT-0003' }) });
  const across = await strip.evaluate((list) => list.scrollLeft / list.clientWidth);
  expect(across).toBe(1);
  await strip.evaluate((list) => list.scrollTo({ left: 2 * list.clientWidth })); // as a finger would
  await page.getByRole('button', { name: 'Picture 3 of 3', pressed: true }).waitFor();
  await settled(page);
  await expectAccessible(page);
  const { sum, moved } = await shifts();
  expect(sum, moved.join('\n')).toBeLessThan(0.02);
  await ask('mutation($s: String!) { productDelete(input: {sku: $s}) { deletedId } }', { s: sku });
  expect(troubles).toEqual([]);
});
