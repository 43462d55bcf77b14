import { expect, test } from 'vitest';
import { ask, expectAccessible, inChromium, openConsole, settled } from './browser';

const visit = inChromium();

/** Makes an account in the shop. */
async function signUp(name: string) {
  const { page } = await visit();
  const email = `${name.toLowerCase()}-${Date.now()}@shop.example`;
  await page.goto('/account');
  await page.getByRole('button', { name: 'I am new here' }).click();
  await page.getByLabel('Name').fill(name);
  await page.getByLabel('Email').fill(email);
  await page.getByLabel('Password').fill('long enough');
  await page.getByRole('button', { name: 'Make the account' }).click();
  await page.getByText(name).first().waitFor();
  return { page, email };
}

test('a customer is found, and their history stands beside what they would be shown', { timeout: 60_000 }, async () => {
  const { page, troubles } = await visit();
  await openConsole(page);
  await page.getByRole('link', { name: 'Customers' }).click();
  await page.getByLabel('Name, email or id').fill('C-00001');
  await page.getByRole('button', { name: 'Find' }).click();
  await page.getByRole('table').getByRole('link').first().click();
  await page.getByRole('heading', { name: 'What they would be shown now' }).waitFor();
  const product = page.getByRole('region', { name: 'What they would be shown now' }).getByRole('button').first();
  await product.focus();
  await expect.poll(() => page.locator('ol [data-lit]').count()).toBeGreaterThan(0);
  await page.reload();
  await page.getByRole('heading', { name: 'What they would be shown now' }).waitFor();
  await settled(page);
  await expectAccessible(page);
  expect(troubles).toEqual([]);
});

test('a customer is forgotten, with a receipt, and is not found any more', { timeout: 60_000 }, async () => {
  const name = `Forgettable ${Date.now()}`;
  const made = await ask(
    `mutation($n: String!) { customerCreate(input: {externalId: $n, name: $n}) { customer { id } userErrors { message } } }`,
    { n: name },
  );
  await ask(
    `mutation($c: String!) { eventsRecord(input: {events: [{type: PURCHASE, sku: "x", customer: $c}]}) { accepted } }`,
    { c: name },
  );
  const { page } = await visit();
  await openConsole(page);
  await page.goto(`/admin/customers?q=${encodeURIComponent(name)}`);
  await page.getByRole('link', { name }).click();
  await page.getByRole('button', { name: `Forget ${name}`, exact: true }).click();
  await page.getByRole('button', { name: `Forget ${name} for good` }).click();
  await page.getByText('The lake is rewritten').waitFor({ timeout: 20_000 });
  const erased = page.getByRole('row').filter({ hasText: 'Events erased from the lake' });
  expect(Number(await erased.getByRole('cell').textContent())).toBeGreaterThan(0);
  await page.goto(`/admin/customers?q=${encodeURIComponent(name)}`);
  await page.getByText('Nobody fits.').waitFor();
  const after = await ask(`query($id: ID!) { customer(id: $id) { id } }`, { id: made.customerCreate.customer.id });
  expect(after.customer).toBeNull();
});

test('an order is cancelled, and its pieces are back in stock', { timeout: 60_000 }, async () => {
  const { products } = await ask(
    `{ products(first: 1, sort: NAME, filter: {inStock: true}) { edges { node { sku stock } } } }`,
  );
  const { sku, stock } = products.edges[0].node;
  const { orderCreate } = await ask(
    `mutation($in: OrderCreateInput!) { orderCreate(input: $in) { order { number } userErrors { message } } }`,
    { in: { customer: 'C-00001', idempotencyKey: `e2e-${Date.now()}`, lines: [{ sku, quantity: 1 }] } },
  );
  const stockNow = async () =>
    (await ask(`query($s: String!) { product(sku: $s) { stock } }`, { s: sku })).product.stock;
  expect(await stockNow()).toBe(stock - 1);
  const { page, troubles } = await visit();
  await openConsole(page);
  await page.getByRole('link', { name: 'Orders' }).click();
  await page.getByRole('link', { name: orderCreate.order.number.slice(-8) }).click();
  await page.getByRole('button', { name: 'Cancel this order' }).click();
  await page.getByRole('button', { name: 'Cancel the order' }).click();
  await page.getByText('Cancelled', { exact: true }).waitFor();
  expect(await stockNow()).toBe(stock);
  await page.goto('/admin/orders?state=CANCELLED');
  await page.getByRole('link', { name: orderCreate.order.number.slice(-8) }).waitFor();
  await settled(page);
  await expectAccessible(page);
  expect(troubles).toEqual([]);
});

test('shoppers change their account, and delete it with their password', { timeout: 60_000 }, async () => {
  const { page, email } = await signUp('Wren');
  await page.goto('/account');
  const form = page.getByRole('form', { name: 'Change your account' });
  await form.getByLabel('Name').fill('Wren Reed');
  await form.getByLabel('New password').fill('even longer');
  await form.getByLabel('Password of now').fill('wrong guess');
  await form.getByRole('button', { name: 'Save' }).click();
  await form.getByText('the password is wrong').waitFor();
  await form.getByLabel('Password of now').fill('long enough');
  await form.getByRole('button', { name: 'Save' }).click();
  await page.getByText('Your account is saved.').waitFor();
  await page.getByRole('heading', { name: 'Wren Reed' }).waitFor();
  await settled(page);
  await expectAccessible(page);
  await page.getByRole('button', { name: 'Delete my account' }).click();
  await page.getByLabel('Your password').fill('even longer');
  await page.getByRole('button', { name: 'Delete it for good' }).click();
  await page.getByText('Your account is deleted, and you are forgotten.').waitFor();
  const found = await ask(`query($q: String!) { customers(query: $q) { totalCount } }`, { q: email });
  expect(found.customers.totalCount).toBe(0);
});
