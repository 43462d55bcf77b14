import { readFileSync } from 'node:fs';
import type { Plugin } from 'vite';
import {
  AccountDocument,
  CartDocument,
  ListingCategoryDocument,
  ListingDocument,
  ListingVendorDocument,
  ProductPageDocument,
  ShelfDocument,
  ShopNameDocument,
} from './src/gql/graphql';
import type { EarlyAnswer } from './src/shared/api/early';
import { bodyOf } from './src/shared/api/request';
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
      [ShopNameDocument, {}],
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
 * of a few lines in the page itself sends what the pages are about to ask, and
 * leaves the answers where shared/api/early.ts takes them. The server allows it
 * by its hash.
 */
export function earlyQuestions(): Plugin {
  let script = '';
  return {
    name: 'early-questions',
    apply: 'build',
    generateBundle(_options, bundle) {
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
        known[part] = {
          scripts: page ? scriptsOf(page) : [],
          bodies: asks.map(([text, variables]) => bodyOf(text.toString(), variables)),
        };
      }
      const values = `${JSON.stringify(known)}, ${JSON.stringify(named)}`.replaceAll('<', '\\u003c'); // no tag within a tag
      script = `(${begin.toString()})(${values});`;
    },
    transformIndexHtml: {
      order: 'post',
      handler: () => [{ tag: 'script', children: script, injectTo: 'head-prepend' }],
    },
  };
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
    const coming = fetch('/graphql', {
      method: 'POST',
      body,
      headers: { 'content-type': 'application/json', accept: 'application/graphql-response+json, application/json' },
    }).then((response) => response.json());
    const answer: EarlyAnswer = { coming };
    coming.then(
      (result) => {
        answer.result = result;
      },
      () => {}, // whoever takes it sees that it failed
    );
    return [body, answer] as const;
  });
  for (const href of need?.scripts ?? []) {
    document.head.append(
      Object.assign(document.createElement('link'), { rel: 'modulepreload', href, crossOrigin: '' }),
    );
  }
  Object.assign(window, { early: new Map(answers) });
}

/** Puts the page's icon into the page: a file more would be asked for just as the page is first painted. */
export function iconInPage(): Plugin {
  return {
    name: 'icon-in-page',
    apply: 'build',
    transformIndexHtml: {
      order: 'pre',
      handler: (html) =>
        html.replace(/href="\/(src\/shared\/ui\/mark\.svg)"/, (_all, file: string) => {
          const svg = readFileSync(new URL(file, import.meta.url), 'utf8');
          return `href="data:image/svg+xml,${encodeURIComponent(svg)}"`;
        }),
    },
  };
}
