import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';
import { earlyQuestions, iconInPage } from './early';

/** Where `also serve` listens while the pages come from Vite. */
const server = process.env.ALSO_SERVER ?? 'http://localhost:8080';

const page = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** In development, every address below an application's base gets that application's page, as in production. */
function applicationPages(): Plugin {
  return {
    name: 'application-pages',
    configureServer(vite) {
      vite.middlewares.use((request, _response, next) => {
        const path = request.url?.split('?')[0] ?? '';
        const base = /^\/(admin|playground)(\/|$)/.exec(path)?.[1];
        if (base && path !== '/admin/session' && !path.includes('.')) request.url = `/${base}/index.html`;
        next();
      });
    },
  };
}

/**
 * Built one after the other, each as if alone: what the console or the
 * playground needs is no part of the shop's scripts, which stay one file.
 */
const applications = { shop: 'index.html', admin: 'admin/index.html', playground: 'playground/index.html' };
const application = process.env.APPLICATION as keyof typeof applications | undefined;

/** What every page of the shop needs comes as one file: each file more is a round trip on a phone. */
const baseOfShop = /node_modules\/(?!graphql-ws)|src\/(gql|shared|features\/(cart|account)\/use-)/;

export default defineConfig({
  plugins: [react(), applicationPages(), application === 'shop' && [earlyQuestions(), iconInPage()]],
  resolve: { alias: { '~': page('./src') } },
  server: {
    proxy: {
      '/graphql': { target: server, ws: true },
      '/admin/session': server,
      '/pictures': server,
      '/uploads': server,
    },
  },
  build: {
    target: 'es2023',
    emptyOutDir: application === undefined || application === 'shop',
    cssCodeSplit: application !== 'shop', // all of the shop's styles are 6 kB: less than a round trip
    chunkSizeWarningLimit: 4000, // the playground's editor; size-limit guards the shop
    rollupOptions: {
      output: application === 'shop' ? { codeSplitting: { groups: [{ name: 'base', test: baseOfShop }] } } : undefined,
      input: application ? page(applications[application]) : Object.values(applications).map(page),
    },
  },
});
