import { expect, test } from 'vitest';
import { expectAccessible, inChromium, openConsole } from './browser';

const visit = inChromium();

/** A price list as a shop system writes it, of products that no other test knows. */
function priceList() {
  const mark = Date.now().toString(36);
  const rows = [
    'Item Number,Title,Brand,Category,Unit Price,Qty,"Size (ml)"',
    `IMP-${mark}-1,Import kettle ${mark},Nordlys Works,Kitchen > Kettles,39.90,4,900`,
    `IMP-${mark}-2,Import cup ${mark},Nordlys Works,Kitchen,4.50,0,250`,
    `,Nobody knows ${mark},Nordlys Works,Kitchen,1.00,1,1`,
    `IMP-${mark}-3,Import pot ${mark},Nordlys Works,Kitchen,-2.00,1,500`,
  ];
  return {
    mark,
    file: { name: `list-${mark}.csv`, mimeType: 'text/csv', buffer: Buffer.from(`${rows.join('\n')}\n`) },
  };
}

test('a file with rejects is imported, and its product is in the shop', { timeout: 90_000 }, async () => {
  const { page, troubles } = await visit();
  const { mark, file } = priceList();
  await openConsole(page);
  await page.getByRole('link', { name: 'Import', exact: true }).click();
  await page
    .getByText('Nothing was imported yet.')
    .or(page.getByRole('heading', { name: 'History' }))
    .waitFor();
  await expectAccessible(page);
  await page.getByLabel('The file to import').setInputFiles(file);

  await page.getByRole('heading', { name: 'The first 4 rows' }).waitFor();
  expect(await page.getByLabel('sku').locator('option:checked').textContent()).toBe('Item Number');
  expect(await page.getByLabel('vendor').locator('option:checked').textContent()).toBe('Brand');
  await expectAccessible(page);
  await page.reload(); // the address keeps the file
  await page.getByLabel('Currency of the prices').fill('eur');
  await page.getByRole('checkbox', { name: 'Size (ml)' }).check();
  await page.getByRole('button', { name: `Import ${file.name}` }).click();

  await page.getByText('2 of 4 rows were rejected.').waitFor({ timeout: 30_000 });
  await page.getByText('1 × missing sku').waitFor();
  await expectAccessible(page);
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name: 'Download them with the reasons' }).click(),
  ]);
  const stream = await download.createReadStream();
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk as Buffer);
  const rejects = Buffer.concat(chunks).toString();
  expect(rejects).toMatch(/^line,reason,code,row\n4,missing sku,MISSING_SKU,/);
  expect(rejects).toContain('5,non-positive price,NON_POSITIVE_PRICE,');
  const row = page.getByRole('row').filter({ hasText: file.name });
  await row.getByText('Done').waitFor();

  await page.goto(`/search?q=${encodeURIComponent(`Import kettle ${mark}`)}`);
  await page
    .getByRole('link', { name: `Import kettle ${mark}` })
    .first()
    .waitFor();
  await page.goto(`/product/IMP-${mark}-1`);
  await page.getByRole('heading', { name: `Import kettle ${mark}` }).waitFor();
  await page.getByText('39.90').first().waitFor();
  expect(troubles).toEqual([]);
});

test('what is wrong with an expression is said where it stands, by keyboard, on a phone', {
  timeout: 60_000,
}, async () => {
  const { page } = await visit({ viewport: { width: 390, height: 844 } });
  const { file } = priceList();
  await openConsole(page);
  await page.goto('/admin/imports');
  await page.getByLabel('The file to import').setInputFiles(file);
  const name = page.getByLabel('name', { exact: true });
  await name.waitFor();
  await name.focus();
  await page.keyboard.press('End'); // the last choice is an expression
  const expression = page.getByLabel('Expression for name');
  await expression.fill("read_csv('/etc/passwd')");
  await page.getByLabel('Currency of the prices').fill('EUR');
  await page.keyboard.press('Enter');
  await page
    .getByText('The file’s columns are')
    .or(page.getByText(/cannot be used here|not allowed here/))
    .first()
    .waitFor();
  await expect.poll(() => expression.getAttribute('aria-invalid')).toBe('true');
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
  await expectAccessible(page);
  await page.getByRole('button', { name: 'Choose another file' }).click();
  await page.getByRole('button', { name: 'Choose a file' }).waitFor();
});
