import { createGraphiQLFetcher, type Fetcher, type FetcherParams } from '@graphiql/toolkit';
import { parse } from 'graphql';
import { createClient } from 'graphql-ws';

/**
 * Sends what the playground runs: over HTTP, subscriptions over a WebSocket.
 * The key, if there is one, goes with both; without one the cookies of this
 * browser speak.
 */
export function makeFetcher(key: string): Fetcher {
  const origin = window.location.origin;
  const authorization = key ? { Authorization: `Bearer ${key}` } : undefined;
  const send = createGraphiQLFetcher({
    url: `${origin}/graphql`,
    headers: authorization,
    wsClient: createClient({
      url: `${origin.replace(/^http/, 'ws')}/graphql`,
      connectionParams: authorization,
      lazy: true,
    }),
  });
  // GraphiQL's own parse may still be of the text before, and a subscription would then go over HTTP.
  return (params, options) => send(ownOperation(params), { ...options, documentAST: parse(params.query) });
}

/**
 * GraphiQL learns a moment after a change of tab which operations the new one
 * has; until then it names one of the old tab's, which the query does not hold.
 */
export function ownOperation(params: FetcherParams): FetcherParams {
  const { operationName, ...rest } = params;
  if (!operationName) return rest;
  const held = new RegExp(`\\b(query|mutation|subscription)\\s+${operationName}\\b`);
  return held.test(params.query) ? params : rest;
}
