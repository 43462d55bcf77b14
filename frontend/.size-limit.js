import { readFileSync } from 'node:fs';

/** What a page loads before it shows anything: itself, and its files of some kinds. */
function firstLoad(page, kinds) {
  const html = readFileSync(new URL(`dist/${page}`, import.meta.url), 'utf8');
  const files = [...html.matchAll(new RegExp(`(?:src|href)="/(assets/[^"]+\\.(?:${kinds}))"`, 'g'))];
  return files.map(([, path]) => `dist/${path}`);
}

export default [
  {
    name: 'shop, first load',
    path: ['dist/index.html', ...firstLoad('index.html', 'js|css')],
    limit: '180 kB',
    gzip: true,
  },
  { name: 'shop, fonts', path: firstLoad('index.html', 'woff2'), limit: '80 kB', gzip: false, brotli: false },
];
