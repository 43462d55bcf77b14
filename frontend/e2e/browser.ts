import { AxeBuilder } from '@axe-core/playwright';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, expect, inject } from 'vitest';
import type { Application } from './routes';

const flags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** A Chromium for the tests of one file: CHROMIUM names it, else Debian's. Each visit is a new visitor. */
export function inChromium(): (options?: BrowserContextOptions) => Promise<Visit> {
  let browser: Browser | undefined;
  beforeAll(async () => {
    browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: flags });
  });
  afterAll(() => browser?.close());
  return async (options) => {
    if (!browser) throw new Error('there is no browser before the tests begin');
    const context = await browser.newContext({ baseURL: inject('url'), ...options });
    const page = await context.newPage();
    const troubles: string[] = [];
    page.on('pageerror', (error) => troubles.push(error.message));
    page.on('console', (message) => message.type() === 'error' && troubles.push(message.text()));
    return { page, troubles };
  };
}

/** A visitor's page, and what went wrong on it. */
export interface Visit {
  page: Page;
  /** Errors that scripts threw or the console showed. */
  troubles: string[];
}

/** Fails if axe finds anything that WCAG 2.2 AA forbids. */
export async function expectAccessible(page: Page) {
  const { violations } = await new AxeBuilder({ page })
    .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'])
    .analyze();
  const found = violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 160)}`));
  expect(found, page.url()).toEqual([]);
}

/** Signs the page in to the console. */
export async function openConsole(page: Page, adminKey = inject('adminKey')) {
  await page.goto('/admin');
  await page.getByRole('textbox', { name: 'Key' }).fill(adminKey);
  await page.getByRole('button', { name: 'Open the console' }).click();
  await page.getByRole('heading', { name: 'Overview' }).waitFor();
}

/** Becomes one of the demo's customers, and returns to the front of the shop. */
export async function become(page: Page, name: string) {
  await page.goto('/account');
  await page.getByRole('button', { name: `Become ${name}` }).click();
  await page.getByText(`You are ${name} now.`).waitFor();
}

/** The skus of a row, in order. */
export const skusOf = (page: Page, title: string) =>
  page
    .getByRole('region', { name: title, exact: true })
    .locator('li')
    .evaluateAll((items) => items.map((item) => (item as HTMLElement).dataset.key ?? ''));

/** Waits until the page has its heading and nothing on it is on its way any more, rows that wait to be near included. */
export async function settled(page: Page) {
  await page.getByRole('heading', { level: 1 }).waitFor({ state: 'attached' });
  const waiting = page.locator('[aria-busy="true"], [data-loading]');
  await expect
    .poll(
      async () => {
        const [first] = await waiting.all();
        await first?.scrollIntoViewIfNeeded({ timeout: 1000 }).catch(() => {}); // it may have come by now
        return waiting.count();
      },
      { timeout: 20_000, interval: 100 },
    )
    .toBe(0);
  await page.evaluate(() => window.scrollTo(0, 0));
}

/** What visible things moved by themselves since the page began, and how far: the sum over all, not the worst second. */
export async function followShifts(page: Page): Promise<() => Promise<{ sum: number; moved: string[] }>> {
  await page.addInitScript(() => {
    const shifts = { sum: 0, moved: [] as string[] };
    Object.assign(window, { shifts });
    type Shift = PerformanceEntry & { value: number; hadRecentInput: boolean; sources: { node: Node | null }[] };
    new PerformanceObserver((list) => {
      for (const { value, hadRecentInput, sources } of list.getEntries() as Shift[]) {
        if (hadRecentInput) continue;
        shifts.sum += value;
        const nodes = sources.map(({ node }) =>
          node instanceof Element ? node.outerHTML.slice(0, 90) : node?.nodeName,
        );
        shifts.moved.push(`${value.toFixed(3)}: ${nodes.join(' | ')}`);
      }
    }).observe({ type: 'layout-shift', buffered: true });
  });
  return () => page.evaluate(() => (window as unknown as { shifts: { sum: number; moved: string[] } }).shifts);
}

/** The viewports that every page is checked in. */
export const sizes = [
  { name: 'phone', options: { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true } },
  { name: 'desk', options: { viewport: { width: 1440, height: 900 } } },
] as const;

/** Makes someone who may see an application's pages, with something to be seen on them. */
export const comeIn: Record<Application, (page: Page) => Promise<unknown>> = {
  shop: async (page) => {
    await become(page, 'Mira');
    await page
      .getByRole('button', { name: /^Add .* to the cart$/ })
      .first()
      .click();
    await page.getByText('is in your cart.').waitFor();
  },
  admin: openConsole,
  playground: async () => {},
};

/** Asks the API with the administrator's key. */
export async function ask(query: string, variables: Record<string, unknown> = {}) {
  const answer = await fetch(`${inject('url')}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${inject('adminKey')}` },
    body: JSON.stringify({ query, variables }),
  });
  const { data, errors } = await answer.json();
  if (errors) throw new Error(JSON.stringify(errors));
  return data;
}

/** What an address may ask this server for: its newest model, a customer of the demo, an order made for the occasion. */
const known: Record<string, () => Promise<string>> = {
  '{model}': async () => (await ask('{ models(first: 1) { edges { node { name } } } }')).models.edges[0].node.name,
  '{customer}': async () => (await ask('{ customer(externalId: "C-00001") { id } }')).customer.id,
  '{order}': async () => {
    const { products } = await ask('{ products(first: 1, filter: {inStock: true}) { edges { node { sku } } } }');
    const lines = [{ sku: products.edges[0].node.sku, quantity: 1 }];
    const { orderCreate } = await ask(
      'mutation($in: OrderCreateInput!) { orderCreate(input: $in) { order { number } } }',
      { in: { customer: 'C-00001', idempotencyKey: 'e2e-pages', lines } },
    );
    return orderCreate.order.number;
  },
};

/** An address with what only this server knows put in. */
export async function real(path: string): Promise<string> {
  for (const [name, find] of Object.entries(known)) {
    if (path.includes(name)) return path.replaceAll(name, encodeURIComponent(await find()));
  }
  return path;
}
