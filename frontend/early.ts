import { createHash } from 'node:crypto';
import type { Plugin } from 'vite';
import { AccountDocument, CartDocument, ProductPageDocument, ShelfDocument } from './src/gql/graphql';
import { makeClient } from './src/shared/api/client';

/** Stands for the sku in the address. */
const sku = '<sku>';

type Ask = [{ toString(): string }, Record<string, unknown>];

/** What the first showing of a page asks, by how its address begins; the longest beginning counts. */
const asks: Record<string, Ask[]> = {
  '': [
    [AccountDocument, {}],
    [CartDocument, {}],
  ],
  '/': [[ShelfDocument, { placement: 'home', products: undefined, filter: undefined, first: 20 }]],
  '/product/': [[ProductPageDocument, { sku }]],
};

/**
 * Starts the first questions of the shop's pages while their scripts are still
 * on their way: a script of a few lines at the top of the page sends what the
 * pages are about to ask, and leaves the answers where shared/api/early.ts
 * takes them.
 */
export function earlyQuestions(): Plugin {
  let file = '';
  return {
    name: 'early-questions',
    apply: 'build',
    async generateBundle() {
      const bodies: Record<string, string[]> = {};
      for (const [path, list] of Object.entries(asks)) bodies[path] = await Promise.all(list.map(bodyOf));
      const source = `(${ask.toString()})(${JSON.stringify(bodies)}, ${JSON.stringify(sku)});`;
      file = `assets/early-${createHash('sha256').update(source).digest('base64url').slice(0, 8)}.js`;
      this.emitFile({ type: 'asset', fileName: file, source });
    },
    transformIndexHtml: {
      order: 'post',
      handler: () => [{ tag: 'script', attrs: { src: `/${file}` }, injectTo: 'head-prepend' }],
    },
  };
}

/** The body of the request that the pages' own client would send. */
function bodyOf([document, variables]: Ask): Promise<string> {
  return new Promise((resolve) => {
    const client = makeClient(
      'http://localhost/graphql',
      () => ({ subscribe: () => ({ unsubscribe: () => {} }) }),
      async (_address, options) => {
        resolve(String(options?.body));
        return new Response('{"data": null}');
      },
    );
    void client.query(document.toString(), variables).toPromise();
  });
}

/** Runs in the browser, as it stands here. */
function ask(bodies: Record<string, string[]>, placeholder: string) {
  const { pathname } = location;
  const parts = /^\/product\/([^/]+)$/.exec(pathname);
  const page = parts ? '/product/' : pathname;
  const list = [...(bodies[''] ?? []), ...(page ? (bodies[page] ?? []) : [])];
  const answers = list.map((body) => {
    const filled = body.replace(JSON.stringify(placeholder), JSON.stringify(decodeURIComponent(parts?.[1] ?? '')));
    const answer = fetch('/graphql', {
      method: 'POST',
      body: filled,
      headers: { 'content-type': 'application/json', accept: 'application/graphql-response+json, application/json' },
    });
    answer.catch(() => {}); // whoever takes it sees that it failed
    return [filled, answer];
  });
  Object.assign(window, { early: new Map(answers as [string, Promise<Response>][]) });
}
