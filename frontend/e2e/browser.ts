import { AxeBuilder } from '@axe-core/playwright';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, expect, inject } from 'vitest';

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
  const found = violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join(' | ')}`);
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

/** Waits until the page has its heading and nothing on it is on its way any more. */
export async function settled(page: Page) {
  await page.getByRole('heading', { level: 1 }).waitFor({ state: 'attached' });
  await expect
    .poll(() => page.locator('[aria-busy="true"], [data-loading]').count(), { timeout: 20_000, interval: 200 })
    .toBe(0);
}
