import { Client, cacheExchange, fetchExchange, type SubscriptionForwarder, subscriptionExchange } from '@urql/core';
import { createClient as createSocket } from 'graphql-ws';

/** A connection to the API: queries over HTTP, subscriptions over one WebSocket that opens when first needed. */
export interface Connection {
  client: Client;
  /** Opens the socket anew, so that it carries the cookie of whoever has just signed in or out. */
  reconnect(): void;
  /** Lets go of the socket. */
  close(): void;
}

/** Connects to the API of the page's own origin. */
export function connect(): Connection {
  const { origin } = window.location;
  const socket = createSocket({
    url: `${origin.replace(/^http/, 'ws')}/graphql`,
    lazy: true,
    retryAttempts: Number.POSITIVE_INFINITY,
    shouldRetry: () => true,
    retryWait: (retries) => new Promise((resolve) => setTimeout(resolve, Math.min(50 * 2 ** retries, 10_000))),
  });
  const client = makeClient(`${origin}/graphql`, ({ query, variables }) => ({
    subscribe: (sink) => ({ unsubscribe: socket.subscribe({ query: query ?? '', variables }, sink) }),
  }));
  return { client, reconnect: () => socket.terminate(), close: () => void socket.dispose() };
}

/** A client of an API, with a way to subscribe. */
export function makeClient(url: string, forwardSubscription: SubscriptionForwarder): Client {
  return new Client({
    url,
    preferGetMethod: false,
    // Plain answers only: the default would also take server-sent events, which cannot set a cookie.
    fetchOptions: {
      credentials: 'same-origin',
      headers: { accept: 'application/graphql-response+json, application/json' },
    },
    exchanges: [cacheExchange, subscriptionExchange({ forwardSubscription }), fetchExchange],
  });
}
