import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';

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

export default defineConfig({
  plugins: [react(), applicationPages()],
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
    chunkSizeWarningLimit: 4000, // the playground's editor; size-limit guards the shop
    rollupOptions: {
      input: {
        shop: page('./index.html'),
        admin: page('./admin/index.html'),
        playground: page('./playground/index.html'),
      },
    },
  },
});
