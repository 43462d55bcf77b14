import { expect, test } from 'vitest';
import { become, expectAccessible, inChromium, skusOf } from './browser';

const visit = inChromium();

test('buying changes the row that moment, and the row says why', async () => {
  const { page, troubles } = await visit();
  await become(page, 'Bruno');
  const row = page.getByRole('region', { name: 'For you', exact: true });
  await row.getByText(/Knows what you did/).waitFor();
  const before = await skusOf(page, 'For you');
  expect(before.length).toBeGreaterThanOrEqual(4);

  const bought = row.locator('li').first();
  await bought.getByRole('button', { name: /^Buy .* now$/ }).click();
  await bought.getByRole('button', { name: 'Ordered' }).waitFor();
  await page.getByText('Ordered:').waitFor();
  expect((await skusOf(page, 'For you'))[0]).toBe(before[0]); // the pointer is on it: it stays

  await page.getByRole('link', { name: 'Also', exact: true }).hover();
  await expect.poll(() => skusOf(page, 'For you')).not.toContain(before[0]);
  const after = await skusOf(page, 'For you');
  expect(after).not.toEqual(before.slice(1, after.length + 1));
  await row.getByText(/Knows what you did (just now|\d+ seconds? ago)/).waitFor();

  const next = row.locator('li').first();
  await next.hover();
  await next.getByRole('button', { name: /^Why this/ }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('list', { name: 'What speaks for it' }).waitFor();
  expect(await dialog.getByText(/\d+ %/).count()).toBeGreaterThan(0);
  await page.keyboard.press('Escape');

  await page.goto('/orders');
  await page.getByText(/Placed (just now|\d+ seconds? ago)/).waitFor();
  expect(troubles).toEqual([]);
});

test('what is not of interest goes', async () => {
  const { page, troubles } = await visit();
  await become(page, 'Mira');
  const row = page.getByRole('region', { name: 'For you', exact: true });
  await row.locator('li').first().waitFor();
  const [first] = await skusOf(page, 'For you');
  await row.locator('li').first().hover();
  await row
    .locator('li')
    .first()
    .getByRole('button', { name: /^Why this/ })
    .click();
  await page.getByRole('button', { name: 'Not interested' }).click();
  await page.getByText('will not be recommended again').waitFor();
  await page.getByRole('link', { name: 'Also', exact: true }).hover();
  await expect.poll(() => skusOf(page, 'For you')).not.toContain(first);
  expect(troubles).toEqual([]);
});

test('a stranger searches, fills a cart and orders; what they did becomes the account’s', async () => {
  const { page, troubles } = await visit();
  await page.goto('/');
  await page.getByRole('combobox', { name: 'Search the shop' }).fill('tea');
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: '“tea”' }).waitFor();
  const result = page
    .getByRole('article')
    .filter({ has: page.getByRole('button', { name: /^Add / }) })
    .first();
  await result.waitFor();
  await result.getByRole('link').click();
  await page
    .getByRole('button', { name: /^Add .* to the cart$/ })
    .first()
    .click();
  await page.getByRole('link', { name: 'Cart, 1 piece' }).click();

  await page.goto('/account');
  await page.getByRole('button', { name: 'I am new here' }).click();
  await page.getByLabel('Name').fill('A visitor');
  await page.getByLabel('Email').fill(`visitor-${Date.now()}@shop.example`);
  await page.getByLabel('Password').fill('a long enough password');
  await page.getByRole('button', { name: 'Make the account' }).click();
  await page.getByRole('link', { name: 'A visitor' }).waitFor();
  await page.getByRole('link', { name: 'Cart, 1 piece' }).click();
  await page.getByRole('link', { name: 'Go to checkout' }).click();
  const name = page.getByRole('textbox', { name: 'Name' });
  await name.waitFor();
  expect(await name.inputValue()).toBe('A visitor');
  await page.getByRole('button', { name: 'Place the order' }).click();
  await page.getByText('Give the street and number.').waitFor();
  const street = page.getByRole('textbox', { name: 'Street and number' });
  expect(await street.evaluate((field) => field === document.activeElement)).toBe(true);
  await expectAccessible(page);
  await street.fill('1 Long Lane');
  await page.getByRole('textbox', { name: /^Postcode/ }).fill('1'.repeat(21));
  await page.getByRole('textbox', { name: 'Town' }).fill('Anytown');
  await page.getByRole('textbox', { name: 'Country' }).fill('Nowhere');
  await page.getByRole('button', { name: 'Place the order' }).click();
  await page.getByText('longer than 20 characters').waitFor();
  await page.getByRole('textbox', { name: /^Postcode/ }).fill('12345');
  await page.getByRole('button', { name: 'Place the order' }).click();
  const thanks = page.getByRole('heading', { name: 'Thank you. Your order is placed.' });
  await expect.poll(() => thanks.evaluate((heading) => heading === document.activeElement)).toBe(true);
  await page.getByText('Delivered to A visitor, 1 Long Lane, 12345 Anytown, Nowhere').waitFor();
  await page.goto('/taste');
  await page.getByText('You bought it').first().waitFor();
  expect(troubles).toEqual([]);
});

test('what a visitor did before they sign in becomes theirs', async () => {
  const { page, troubles } = await visit();
  const email = `visitor-${Date.now()}@shop.example`;
  const fill = async () => {
    await page.getByLabel('Email').fill(email);
    await page.getByLabel('Password').fill('a long enough password');
  };
  const look = async (path: string) => {
    const told = page.waitForResponse((response) => response.request().postData()?.includes('PRODUCT_VIEW') ?? false);
    await page.goto(path);
    await told; // who leaves sooner did not look
    const name = await page.getByRole('heading', { level: 1 }).textContent();
    await page.goto('/taste');
    await page
      .getByRole('link', { name: name ?? '', exact: true })
      .first()
      .waitFor();
    return name ?? '';
  };
  await page.goto('/account');
  await page.getByRole('button', { name: 'I am new here' }).click();
  await fill();
  await page.getByRole('button', { name: 'Make the account' }).click();
  await page.getByRole('link', { name: 'Account' }).waitFor();
  const first = await look('/product/POT-0001');

  await page.goto('/account');
  await page.getByRole('button', { name: 'Sign out' }).click();
  await page.getByText('You are signed out.').waitFor();
  const second = await look('/product/MUG-0006');
  expect(await page.getByRole('link', { name: first, exact: true }).count()).toBe(0);
  await page.goto('/product/MUG-0006');
  await page
    .getByRole('button', { name: /^Add .* to the cart$/ })
    .first()
    .click();
  await page.getByRole('link', { name: 'Cart, 1 piece' }).waitFor();

  await page.goto('/account');
  await fill();
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('link', { name: 'Account' }).waitFor();
  await page.getByRole('link', { name: 'Cart, 1 piece' }).waitFor();
  await page.goto('/taste');
  for (const name of [first, second]) await page.getByRole('link', { name, exact: true }).first().waitFor();
  expect(troubles).toEqual([]);
});
