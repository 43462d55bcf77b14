import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { inChromium } from './browser';

const visit = inChromium();

/** What the loop of `calibrate` takes on the machine that "four times slower" is meant of: one core of an EPYC (Zen 4). */
const referenceMs = 14.5;

/** The network of the measurement: a good phone's. */
const network = { offline: false, latency: 40, downloadThroughput: 10e6 / 8, uploadThroughput: 10e6 / 8 };

/** One after the other: the page, its scripts, its questions, its pictures. */
const roundTrips = 4;

/** How long a fixed piece of work takes in this browser now, in ms, undisturbed: the best of several. */
const calibrate = (page: Page) =>
  page.evaluate(() => {
    let best = Number.POSITIVE_INFINITY;
    for (let round = 0; round < 12; round++) {
      const start = performance.now();
      let x = 1;
      for (let i = 0; i < 10_000_000; i++) x = (Math.imul(x, 1664525) + 1013904223) | 0;
      if (x !== 0) best = Math.min(best, performance.now() - start);
    }
    return best;
  });

/** The same, on a page of its own. */
async function calibrateAlone(): Promise<number> {
  const { page } = await visit();
  const own = await calibrate(page);
  await page.context().close();
  return own;
}

interface Moments {
  /** When the products were painted, in ms since the navigation began. */
  shown: number;
  /** Of the first input: how long it waited and was worked on, in ms. */
  input: number;
  /** Processor time of the page's main thread until then, slowed, in ms. */
  work: number;
  /** What the network takes by its definition, were nothing else done meanwhile, in ms. */
  transfer: number;
}

/**
 * Opens a page for the first time: nothing cached, no cookie, and a processor
 * `rate` times slower. As soon as the products are painted, a key is pressed.
 */
async function open(path: string, products: string, rate: number): Promise<Moments> {
  const { page } = await visit({ viewport: { width: 390, height: 844 } });
  const session = await page.context().newCDPSession(page);
  await session.send('Network.enable');
  await session.send('Network.emulateNetworkConditions', network);
  await session.send('Performance.enable', { timeDomain: 'threadTicks' });
  let bytes = 0;
  session.on('Network.loadingFinished', ({ encodedDataLength }) => {
    bytes += encodedDataLength;
  });
  await session.send('Emulation.setCPUThrottlingRate', { rate });
  await page.addInitScript((selector) => {
    const moments: Partial<Moments> = {};
    Object.assign(window, { moments });
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries() as PerformanceEventTiming[]) {
        moments.input ??= entry.processingEnd - entry.startTime;
      }
    }).observe({ type: 'first-input', buffered: true });
    const look = () => {
      if (!document.querySelector(selector)) requestAnimationFrame(look);
      else requestAnimationFrame(() => setTimeout(() => (moments.shown = performance.now())));
    };
    look();
  }, products);
  await page.goto(path, { waitUntil: 'commit' });
  await page.waitForFunction(() => (window as unknown as { moments: Partial<Moments> }).moments.shown !== undefined);
  await page.keyboard.press('Tab');
  await page.waitForFunction(() => (window as unknown as { moments: Partial<Moments> }).moments.input !== undefined);
  const { metrics } = await session.send('Performance.getMetrics');
  const work = 1000 * (metrics.find(({ name }) => name === 'TaskDuration')?.value ?? Number.NaN);
  const transfer = roundTrips * network.latency + (1000 * bytes) / network.downloadThroughput;
  const moments = await page.evaluate(() => (window as unknown as { moments: Moments }).moments);
  await page.context().close();
  return { ...moments, work, transfer };
}

/*
 * Interactive: the first products are painted and the key that is pressed at
 * that moment has been worked on, by the clock. The browser is slowed so far
 * that it is four times slower than the reference, whatever the machine is. The
 * sum of what the network takes and of the main thread's processor time is
 * judged beside it: it is the same on a machine that does other things. The best
 * of five counts for both. Search and category pages lay out facets as well: they are
 * within 1.5 s on a quiet machine only, and held to what they do on a busy one.
 */
test.each([
  { path: '/', products: 'main section:not([aria-busy]) li article', limit: 1500 },
  { path: '/search?q=tea', products: 'main ul:not([aria-hidden]) li article', limit: 2300 },
  { path: '/product/POT-0001', products: 'main article h1', limit: 1500 },
  { path: '/category/tea-and-coffee', products: 'main ul:not([aria-hidden]) li article', limit: 1900 },
])(
  '$path is interactive within $limit ms on a slow machine',
  { timeout: 120_000 },
  async ({ path, products, limit }) => {
    const clocks: number[] = [];
    const sums: number[] = [];
    const best = (tries: number[]) => Math.min(Number.POSITIVE_INFINITY, ...tries);
    for (let tries = 0; tries < 10 && clocks.length < 5 && !(best(clocks) < limit && best(sums) < 1500); tries++) {
      const own = await calibrateAlone();
      const rate = Math.max(1, (4 * referenceMs) / own);
      const { shown, input, work, transfer } = await open(path, products, rate);
      // A machine that became faster meanwhile was slowed too little: that says nothing.
      if ((await calibrateAlone()) < 0.9 * own) continue;
      clocks.push(Math.round(shown + input));
      sums.push(Math.round(work + transfer));
      console.info(
        `${path}: by the clock ${clocks.at(-1)} ms; work ${Math.round(work)} + transfer ${Math.round(transfer)} ms; slowed ${rate.toFixed(1)} times`,
      );
    }
    expect.soft(best(sums), `ms of work and transfer, of ${sums}`).toBeLessThan(1500);
    expect(best(clocks), `ms until interactive by the clock, of ${clocks}`).toBeLessThan(limit);
  },
);

test('the shop’s first load is light, and asks nothing twice', async () => {
  const { page } = await visit();
  const session = await page.context().newCDPSession(page);
  await session.send('Network.enable');
  const sizes = { page: 0, fonts: 0 };
  const kinds = new Map<string, string>();
  const asked: string[] = [];
  session.on('Network.responseReceived', ({ requestId, type }) => kinds.set(requestId, type));
  session.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
    const kind = kinds.get(requestId) ?? '';
    if (kind === 'Font') sizes.fonts += encodedDataLength;
    if (['Document', 'Script', 'Stylesheet'].includes(kind)) sizes.page += encodedDataLength;
  });
  page.on('request', (request) => {
    const name = /"operationName":"(\w+)"/.exec(request.postData() ?? '')?.[1];
    if (name) asked.push(name);
  });
  await page.goto('/');
  await page.getByRole('region', { name: 'For you', exact: true }).waitFor();
  const first = ['Account', 'Cart', 'Shelf', 'ShopName'];
  expect(asked.slice(0, 4).sort(), 'sent before the scripts are there').toEqual(first);
  const once = ['Account', 'Cart', 'ShopName'];
  expect(asked.filter((name) => once.includes(name)).sort()).toEqual(once);
  await page.waitForLoadState('networkidle');
  console.info(`first load: ${JSON.stringify(sizes)} bytes`);
  expect.soft(sizes.page / 1000, 'kB of HTML, JS and CSS').toBeLessThan(180);
  expect.soft(sizes.fonts / 1000, 'kB of fonts').toBeLessThan(80);
});
