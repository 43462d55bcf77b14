import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { TestProject } from 'vitest/node';

declare module 'vitest' {
  interface ProvidedContext {
    /** Where the server answers. */
    url: string;
    /** A key with the role ADMIN. */
    adminKey: string;
  }
}

const binary = process.env.ALSO_BIN ?? fileURLToPath(new URL('../../bin/also', import.meta.url));

/**
 * Finds the server to test: ALSO_URL with ALSO_ADMIN_KEY, or else bin/also (or
 * ALSO_BIN) on a demo shop made for the occasion, which is gone afterwards.
 */
export async function setup(project: TestProject) {
  if (process.env.ALSO_URL) {
    project.provide('url', process.env.ALSO_URL.replace(/\/$/, ''));
    project.provide('adminKey', process.env.ALSO_ADMIN_KEY ?? '');
    return;
  }
  if (!existsSync(binary))
    throw new Error(`there is no ${binary}: run "make build" first, or name a server with ALSO_URL`);
  const folder = mkdtempSync(join(tmpdir(), 'also-e2e-'));
  const adminKey = 'also_e2e_0123456789abcdef0123456789abcdef';
  execFileSync(binary, ['demo', '--small', '--data-dir', folder], { stdio: 'pipe' });
  const server = await serve(folder, adminKey);
  project.provide('url', server.url);
  project.provide('adminKey', adminKey);
  return async () => {
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  };
}

/** A shop with nothing in it, for what a first day looks like. Its server and its folder go with `stop`. */
export async function emptyShop(): Promise<{ url: string; adminKey: string; stop(): Promise<void> }> {
  const folder = mkdtempSync(join(tmpdir(), 'also-e2e-empty-'));
  const adminKey = 'also_e2e_empty_0123456789abcdef0123456789abc';
  const { url, stop } = await serve(folder, adminKey);
  return {
    url,
    adminKey,
    async stop() {
      await stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Serves a data folder until it is told to stop. */
async function serve(folder: string, adminKey: string): Promise<{ url: string; stop(): Promise<void> }> {
  const listen = `localhost:${await freePort()}`;
  const server = spawn(binary, ['serve', '--data-dir', folder, '--listen', listen], {
    env: { ...process.env, ALSO_ADMIN_KEY: adminKey },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const url = `http://${listen}`;
  await ready(url, server);
  return {
    url,
    async stop() {
      const ended = new Promise((resolve) => server.once('exit', resolve));
      server.kill('SIGTERM');
      await ended;
    },
  };
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, 'localhost', () => {
      const address = probe.address();
      probe.close(() =>
        address && typeof address === 'object' ? resolve(address.port) : reject(new Error('no port')),
      );
    });
  });
}

async function ready(url: string, server: ChildProcess) {
  const end = Date.now() + 30_000;
  while (Date.now() < end) {
    if (server.exitCode !== null) throw new Error(`the server ended with ${server.exitCode} before it was ready`);
    const answer = await fetch(`${url}/health/ready`).catch(() => undefined);
    if (answer?.ok) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error('the server was not ready in 30 s');
}
