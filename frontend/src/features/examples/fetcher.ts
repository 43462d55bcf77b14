import { createGraphiQLFetcher, type Fetcher } from '@graphiql/toolkit';
import { createClient } from 'graphql-ws';

/**
 * Sends what the playground runs: over HTTP, subscriptions over a WebSocket.
 * The key, if there is one, goes with both; without one the cookies of this
 * browser speak.
 */
export function makeFetcher(key: string): Fetcher {
  const origin = window.location.origin;
  const authorization = key ? { Authorization: `Bearer ${key}` } : undefined;
  return createGraphiQLFetcher({
    url: `${origin}/graphql`,
    headers: authorization,
    wsClient: createClient({
      url: `${origin.replace(/^http/, 'ws')}/graphql`,
      connectionParams: authorization,
      lazy: true,
    }),
  });
}
