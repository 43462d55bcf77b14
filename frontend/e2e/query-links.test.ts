import { isDeepStrictEqual } from 'node:util';
import { parse, print, visit as walk } from 'graphql';
import type { Page, Response } from 'playwright-core';
import { expect, test } from 'vitest';
import { inChromium, openConsole, real, settled } from './browser';
import { runOnce } from './graphiql';
import { addresses } from './routes';

const visit = inChromium();
const routes = Object.entries(addresses.admin).filter(([route]) => route !== '*');

test('each page of the console leads to its own query in the playground, which answers', {
  timeout: 300_000,
}, async () => {
  const { page, troubles } = await visit({ viewport: { width: 1440, height: 900 } });
  await openConsole(page);
  for (const [route, paths] of routes) {
    let links = 0;
    for (const path of paths) {
      const sent = await whatItAsks(page, await real(path));
      const link = page.getByRole('link', { name: 'This page’s query' });
      if ((await link.count()) === 0) continue;
      links++;
      const href = new URL((await link.getAttribute('href')) ?? '', page.url());
      const query = href.searchParams.get('query') ?? '';
      const variables = JSON.parse(href.searchParams.get('variables') ?? '{}');
      const own = sent.find((one) => isDeepStrictEqual(one.asked, plain(query, variables)));
      expect.soft(own, `${path} asks what it links to`).toBeDefined();
      await link.click();
      expect.soft(await shown(page), path).toEqual(plain(query, variables));
      const { errors } = (await runOnce(page)) as { errors?: unknown };
      expect.soft(errors === undefined, `${path} is answered as its link is`).toBe(own?.isAnswered);
    }
    expect.soft(links, `addresses of ${route} with a link`).toBeGreaterThan(0);
  }
  expect(troubles).toEqual([]);
});

/** Opens a page, and returns what it asked the API, and of each whether it was answered without errors. */
async function whatItAsks(page: Page, path: string) {
  const sent: Promise<{ asked: ReturnType<typeof plain>; isAnswered: boolean }>[] = [];
  const note = (response: Response) => {
    const request = response.request();
    if (!request.url().endsWith('/graphql') || request.method() !== 'POST') return;
    const { query, variables } = request.postDataJSON();
    const asked = plain(query, variables);
    sent.push(response.json().then(({ errors }) => ({ asked, isAnswered: errors === undefined })));
  };
  page.on('response', note);
  await page.goto(path);
  await settled(page);
  page.off('response', note);
  return Promise.all(sent);
}

/** An operation, told apart by what it asks and not by how it is written. */
function plain(query: string, variables: Record<string, unknown> = {}) {
  const whole = walk(parse(query), { Field: ({ name }) => (name.value === '__typename' ? null : undefined) });
  return { query: print(whole), variables: JSON.parse(JSON.stringify(variables)) };
}

/** What stands in the playground's editors. */
async function shown(page: Page) {
  await page.locator('.graphiql-query-editor .view-line').first().waitFor();
  const texts = await page.evaluate(() => {
    type Model = { uri: { path: string }; getValue(): string };
    const { __MONACO } = globalThis as unknown as { __MONACO: { editor: { getModels(): Model[] } } };
    return __MONACO.editor.getModels().map((model) => [model.uri.path, model.getValue()] as const);
  });
  const of = (name: string) => texts.find(([path]) => path.endsWith(name))?.[1];
  return plain(of('operation.graphql') ?? '{ nothing }', JSON.parse(of('variables.json') || '{}'));
}
