import { createHash } from 'node:crypto';
import type { Plugin } from 'vite';
import {
  AccountDocument,
  CartDocument,
  ListingCategoryDocument,
  ListingDocument,
  ListingVendorDocument,
  ProductPageDocument,
  ShelfDocument,
} from './src/gql/graphql';
import { makeClient } from './src/shared/api/client';
import { listingVariables } from './src/shared/lib/listing-variables';

/** Stands for what an address names: the sku of `/product/…`, the text of `/search?q=…`. */
const named = '<named>';

type Ask = [{ toString(): string }, Record<string, unknown>];

/** What the first showing of a page needs, by the first part of its address; '*' is every page. */
const needs: Record<string, { page?: string; asks: Ask[] }> = {
  '*': {
    asks: [
      [AccountDocument, {}],
      [CartDocument, {}],
    ],
  },
  '': { asks: [[ShelfDocument, { placement: 'home', products: undefined, filter: undefined, first: 20 }]] },
  product: { page: 'product', asks: [[ProductPageDocument, { sku: named }]] },
  search: { page: 'search', asks: [[ListingDocument, listingVariables({ q: named }, undefined)]] },
  category: {
    page: 'category',
    asks: [
      [ListingCategoryDocument, { slug: named }],
      [ListingDocument, listingVariables({}, { categories: [named] })],
    ],
  },
  vendor: {
    page: 'vendor',
    asks: [
      [ListingVendorDocument, { slug: named }],
      [ListingDocument, listingVariables({}, { vendors: [named] })],
    ],
  },
};

/** What the script in the browser knows of a page: its scripts' addresses, and the requests' bodies. */
interface Need {
  scripts: string[];
  bodies: string[];
}

/**
 * Starts the first questions of the shop's pages, and the loading of a page's
 * own script, while the scripts of every page are still on their way: a script
 * of a few lines at the top of the page sends what the pages are about to ask,
 * and leaves the answers where shared/api/early.ts takes them.
 */
export function earlyQuestions(): Plugin {
  let file = '';
  return {
    name: 'early-questions',
    apply: 'build',
    async generateBundle(_options, bundle) {
      const chunks = Object.values(bundle).filter((one) => one.type === 'chunk');
      const main = chunks.find(({ isEntry }) => isEntry);
      const ofEvery = new Set([main?.fileName, ...(main?.imports ?? [])]);
      const scriptsOf = (page: string) => {
        const own = chunks.find(({ facadeModuleId }) => facadeModuleId?.endsWith(`/shop/pages/${page}.tsx`));
        if (!own) throw new Error(`the page ${page} has no script of its own`);
        return [own.fileName, ...own.imports].filter((name) => !ofEvery.has(name)).map((name) => `/${name}`);
      };
      const known: Record<string, Need> = {};
      for (const [part, { page, asks }] of Object.entries(needs)) {
        known[part] = { scripts: page ? scriptsOf(page) : [], bodies: await Promise.all(asks.map(bodyOf)) };
      }
      const source = `(${begin.toString()})(${JSON.stringify(known)}, ${JSON.stringify(named)});`;
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
function begin(known: Record<string, Need>, placeholder: string) {
  const [, part = '', rest] = /^\/([^/]*)(?:\/([^/]+))?$/.exec(location.pathname) ?? [];
  const text = /^\?q=([^&"]+)$/.exec(location.search)?.[1]; // other filters are another question
  const name = part === 'search' ? text?.replace(/\+/g, ' ') : rest;
  const need = known[part];
  const bodies = [...(known['*']?.bodies ?? [])];
  if (need && (part === '' || (name !== undefined && (part === 'search' || location.search === '')))) {
    const value = JSON.stringify(decodeURIComponent(name ?? ''));
    for (const body of need.bodies) bodies.push(body.replaceAll(JSON.stringify(placeholder), value));
  }
  const answers = bodies.map((body) => {
    const answer = fetch('/graphql', {
      method: 'POST',
      body,
      headers: { 'content-type': 'application/json', accept: 'application/graphql-response+json, application/json' },
    });
    answer.catch(() => {}); // whoever takes it sees that it failed
    return [body, answer] as [string, Promise<Response>];
  });
  for (const href of need?.scripts ?? []) {
    document.head.append(
      Object.assign(document.createElement('link'), { rel: 'modulepreload', href, crossOrigin: '' }),
    );
  }
  Object.assign(window, { early: new Map(answers) });
}
