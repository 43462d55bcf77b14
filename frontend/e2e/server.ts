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
 * ALSO_BIN) on a demo shop made for the occasion, which is gone afterwards. With
 * ALSO_E2E_STORE=redis it serves over a Redis of its own, and a worker trains.
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
  const redis = process.env.ALSO_E2E_STORE === 'redis' ? await startRedis() : undefined;
  const server = await serve(folder, adminKey, redis ? ['--redis', redis.url, '--no-training'] : []);
  const worker = redis && run(binary, ['worker', '--data-dir', folder, '--redis', redis.url]);
  project.provide('url', server.url);
  project.provide('adminKey', adminKey);
  return async () => {
    await server.stop();
    if (worker) await stop(worker);
    await redis?.stop();
    rmSync(folder, { recursive: true, force: true });
  };
}

/** A shop with nothing in it, for what a first day looks like. Its server and its folder go with `stop`. */
export async function emptyShop(): Promise<{ url: string; adminKey: string; stop(): Promise<void> }> {
  const folder = mkdtempSync(join(tmpdir(), 'also-e2e-empty-'));
  const adminKey = 'also_e2e_empty_0123456789abcdef0123456789abc';
  const server = await serve(folder, adminKey);
  return {
    url: server.url,
    adminKey,
    async stop() {
      await server.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Serves a data folder until it is told to stop. */
async function serve(
  folder: string,
  adminKey: string,
  more: string[] = [],
): Promise<{ url: string; stop(): Promise<void> }> {
  const listen = `localhost:${await freePort()}`;
  const server = run(binary, ['serve', '--data-dir', folder, '--listen', listen, ...more], {
    ALSO_ADMIN_KEY: adminKey,
  });
  const url = `http://${listen}`;
  await ready(url, server);
  return { url, stop: () => stop(server) };
}

/** Starts a Redis that nobody else uses, with a folder of its own. */
async function startRedis(): Promise<{ url: string; stop(): Promise<void> }> {
  const folder = mkdtempSync(join(tmpdir(), 'also-e2e-redis-'));
  const socket = join(folder, 'redis.sock');
  const options = ['--port', '0', '--unixsocket', socket, '--dir', folder, '--appendonly', 'yes'];
  const redis = run('redis-server', [...options, '--loglevel', 'warning']);
  const end = Date.now() + 10_000;
  while (!existsSync(socket)) {
    if (redis.exitCode !== null || Date.now() > end) throw new Error('redis-server did not start');
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return {
    url: `unix://${socket}`,
    async stop() {
      await stop(redis);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function run(command: string, args: string[], env: Record<string, string> = {}): ChildProcess {
  return spawn(command, args, { env: { ...process.env, ...env }, stdio: ['ignore', 'ignore', 'inherit'] });
}

async function stop(child: ChildProcess): Promise<void> {
  const ended = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGTERM');
  await ended;
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
