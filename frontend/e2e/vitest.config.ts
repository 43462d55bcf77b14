import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

/** The pages in Chromium against the real server; with SCREENSHOTS=folder, pictures of every page instead. */
export default defineConfig({
  resolve: { alias: { '~': fileURLToPath(new URL('../src', import.meta.url)) } },
  test: {
    environment: 'node',
    include: [process.env.SCREENSHOTS ? 'e2e/screenshots.ts' : 'e2e/*.test.ts'],
    globalSetup: ['e2e/server.ts'],
    fileParallelism: false,
    testTimeout: 60_000,
    hookTimeout: 120_000,
    expect: { poll: { timeout: 10_000 } }, // other things run on the machine too
  },
});
