import type { Page } from 'playwright-core';
import { expect, inject, test } from 'vitest';
import { groups } from '../src/features/examples/examples';
import { kindOf } from '../src/features/examples/examples-panel';
import { inChromium } from './browser';
import { runOnce } from './graphiql';

const visit = inChromium();
const examples = groups.flatMap(({ noun, examples }) => examples.map((example) => ({ noun, ...example })));
type Shown = (typeof examples)[number];

test('the playground runs each example on a running shop, twice, without anything from elsewhere', async () => {
  const { page, troubles } = await visit({ viewport: { width: 1440, height: 900 } });
  const elsewhere: string[] = [];
  page.on('request', (request) => {
    if (!request.url().startsWith(inject('url')) && !/^(data|blob):/.test(request.url())) elsewhere.push(request.url());
  });
  const messages = followSubscriptions(page);
  await page.goto('/playground');
  await page.locator('.graphiql-query-editor .view-line').first().waitFor();
  const closed = page.locator('details:not([open]) > summary');
  while ((await closed.count()) > 0) await closed.first().click();

  const run = async (example: Shown) => {
    await open(page, example);
    const name = / (\w+)/.exec(example.query)?.[1] ?? '';
    if (kindOf(example) === 'subscription') return runSubscription(page, messages, name);
    return runOnce(page, name);
  };
  for (const example of examples.filter(({ role }) => !role)) expectWhole(example, await run(example));
  await page.getByRole('textbox', { name: 'Key' }).fill(inject('adminKey'));
  await page.getByRole('button', { name: 'Use', exact: true }).click();
  for (const example of examples.filter(({ role }) => role)) expectWhole(example, await run(example));
  for (const example of examples.filter((one) => kindOf(one) === 'mutation')) expectWhole(example, await run(example));
  expect(elsewhere).toEqual([]);
  expect(troubles).toEqual([]);
}, 300_000);

test('an example that needs a key says so to a visitor', async () => {
  const { page } = await visit({ viewport: { width: 1440, height: 900 } });
  await page.goto('/playground');
  await page.getByRole('navigation', { name: 'Examples' }).locator('summary', { hasText: 'Keys' }).click();
  await page.getByRole('button', { name: /^Keys/ }).click();
  await page.getByText('It needs a key with the role ADMIN').waitFor();
  await page.getByText('Kept in this page’s memory only').waitFor();
});

test('on a phone the list gives way to what was opened', async () => {
  const { page } = await visit({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });
  await page.goto('/playground');
  await page.getByRole('button', { name: 'Examples' }).click();
  await page.getByRole('button', { name: 'What goes with a cart' }).click();
  await page.getByRole('button', { name: 'Examples: What goes with a cart' }).waitFor();
  await runOnce(page);
  await expect.poll(() => page.locator('.graphiql-response').textContent()).toContain('recommendations');
  const box = await page.locator('.graphiql-response').boundingBox();
  expect(box?.width, 'as wide as the phone allows').toBeGreaterThan(280);
});

/** Presses an example and waits until the editors hold it. */
async function open(page: Page, { title, noun }: Shown) {
  const button = page
    .getByRole('navigation', { name: 'Examples' })
    .getByRole('button', { name: new RegExp(`^${title}`) });
  await button.click();
  await expect
    .poll(() => button.evaluate((it) => `${it.ariaCurrent} ${it.ariaBusy}`), {
      timeout: 40_000, // opening one may wait for an import's end
      message: `${noun}: ${title}`,
    })
    .toBe('true null');
}

/** Runs what is open until its first message has come, and stops it: begun anew while none comes, as a person would. */
async function runSubscription(page: Page, messages: Map<string, unknown[]>, name: string) {
  const [begin, stop] = [/Execute/, /Stop/].map((label) => page.getByRole('button', { name: label }));
  const begun = async () => {
    await begin?.click({ timeout: 3000 });
    const come = async () => (name === 'EventsRecorded' ? makeEvent(page, messages, name) : messages.has(name));
    const first = await expect.poll(come, { timeout: 5000 }).toBe(true).then(yes, no);
    if (await stop?.isVisible()) await stop?.click();
    return first;
  };
  await expect.poll(begun, { timeout: 40_000, message: name }).toBe(true);
  return messages.get(name)?.[0];
}

const yes = () => true;
const no = () => false;

/** Something for the tail to show: it says nothing until something happens. */
async function makeEvent(page: Page, messages: Map<string, unknown[]>, name: string) {
  const query = `mutation { viewerEventsRecord(input: { events: [{ type: SEARCH, query: "tea" }] }) { accepted } }`;
  await page.request.post('/graphql', { data: { query }, headers: { Authorization: `Bearer ${inject('adminKey')}` } });
  return messages.has(name);
}

/** What came over sockets, by the name of the operation that asked. */
function followSubscriptions(page: Page): Map<string, unknown[]> {
  const messages = new Map<string, unknown[]>();
  page.on('websocket', (socket) => {
    const names = new Map<string, string>();
    socket.on('framesent', ({ payload }) => {
      const { type, id, payload: asked } = JSON.parse(String(payload));
      if (type === 'subscribe') names.set(id, / (\w+)/.exec(asked.query)?.[1] ?? '');
    });
    socket.on('framereceived', ({ payload }) => {
      const { type, id, payload: told } = JSON.parse(String(payload));
      const name = names.get(id);
      if (!name || (type !== 'next' && type !== 'error')) return;
      messages.set(name, [...(messages.get(name) ?? []), type === 'error' ? { errors: told } : told]);
    });
  });
  return messages;
}

/** Fails if an answer lacks data, has errors, or tells of something that the user could mend. */
function expectWhole({ noun, title }: Shown, answer: unknown) {
  const { data, errors } = answer as { data?: Record<string, { userErrors?: unknown[] } | null>; errors?: unknown };
  const where = `${noun}: ${title}`;
  expect.soft(errors, where).toBeUndefined();
  expect.soft(Object.keys(data ?? {}), where).not.toEqual([]);
  for (const field of Object.values(data ?? {})) expect.soft(field?.userErrors ?? [], where).toEqual([]);
}
