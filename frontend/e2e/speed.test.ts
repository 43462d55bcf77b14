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
 * that moment has been worked on. The browser is slowed so far that it is four
 * times slower than the reference. What counts is the sum of what the network
 * takes and the main thread's processor time: no less than the clock shows on a
 * machine that does nothing else, and the same on one that does. The clock's
 * time is printed beside it. The best of three counts.
 */
test.each([
  { path: '/', products: 'main section:not([aria-busy]) li article' },
  { path: '/product/POT-0001', products: 'main article h1' },
])('$path is interactive within 1.5 s on a slow machine', async ({ path, products }) => {
  const tries: number[] = [];
  while (tries.length < 3 && !tries.some((ms) => ms < 1500)) {
    const { page } = await visit();
    const own = await calibrate(page);
    await page.context().close();
    const rate = Math.max(1, (4 * referenceMs) / own);
    const { shown, input, work, transfer } = await open(path, products, rate);
    tries.push(Math.round(work + transfer));
    console.info(
      `${path}: work ${Math.round(work)} + transfer ${Math.round(transfer)} ms; by the clock ${Math.round(shown + input)} ms; slowed ${rate.toFixed(1)} times`,
    );
  }
  expect(Math.min(...tries), `ms until interactive, of ${tries}`).toBeLessThan(1500);
});

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
  expect(asked.filter((name) => ['Account', 'Cart'].includes(name)).sort()).toEqual(['Account', 'Cart']);
  expect(asked.slice(0, 3).sort(), 'sent before the scripts are there').toEqual(['Account', 'Cart', 'Shelf']);
  await page.waitForLoadState('networkidle');
  console.info(`first load: ${JSON.stringify(sizes)} bytes`);
  expect.soft(sizes.page / 1000, 'kB of HTML, JS and CSS').toBeLessThan(180);
  expect.soft(sizes.fonts / 1000, 'kB of fonts').toBeLessThan(80);
});
