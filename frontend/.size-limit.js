import { readFileSync } from 'node:fs';

/** What a page loads before it shows anything: itself, its scripts and its styles. */
function firstLoad(page) {
  const html = readFileSync(new URL(`dist/${page}`, import.meta.url), 'utf8');
  const assets = [...html.matchAll(/(?:src|href)="\/(assets\/[^"]+\.(?:js|css))"/g)].map(([, path]) => `dist/${path}`);
  return [`dist/${page}`, ...assets];
}

export default [{ name: 'shop, first load', path: firstLoad('index.html'), limit: '180 kB', gzip: true }];
