import { Client, cacheExchange, fetchExchange, type SubscriptionForwarder, subscriptionExchange } from '@urql/core';
import type { createClient, Client as Socket } from 'graphql-ws';
import { fetchOrTake } from './early';

/** A connection to the API: queries over HTTP, subscriptions over one WebSocket that opens when first needed. */
export interface Connection {
  client: Client;
  /** Opens the socket anew, so that it carries the cookie of whoever has just signed in or out. */
  reconnect(): void;
  /** Lets go of the socket. */
  close(): void;
}

/** Connects to the API of the page's own origin. What speaks over the socket is loaded when it is first needed. */
export function connect(): Connection {
  const { origin } = window.location;
  let socket: Promise<Socket> | undefined;
  const open = () => {
    socket ??= import('graphql-ws').then(({ createClient }) => openSocket(createClient, origin));
    return socket;
  };
  const forward: SubscriptionForwarder = ({ query, variables }) => ({
    subscribe(sink) {
      let isOver = false;
      let stop = () => {};
      open().then(
        (it) => {
          if (!isOver) stop = it.subscribe({ query: query ?? '', variables }, sink);
        },
        (error) => sink.error(error),
      );
      return {
        unsubscribe() {
          isOver = true;
          stop();
        },
      };
    },
  });
  return {
    client: makeClient(`${origin}/graphql`, forward, fetchOrTake()),
    reconnect: () => void socket?.then((it) => it.terminate()),
    close: () => void socket?.then((it) => it.dispose()),
  };
}

function openSocket(create: typeof createClient, origin: string): Socket {
  return create({
    url: `${origin.replace(/^http/, 'ws')}/graphql`,
    lazy: true,
    retryAttempts: Number.POSITIVE_INFINITY,
    shouldRetry: () => true,
    retryWait: (retries) => new Promise((resolve) => setTimeout(resolve, Math.min(50 * 2 ** retries, 10_000))),
  });
}

/** A client of an API, with a way to subscribe. */
export function makeClient(url: string, forwardSubscription: SubscriptionForwarder, send?: typeof fetch): Client {
  return new Client({
    url,
    fetch: send,
    preferGetMethod: false,
    // Plain answers only: the default would also take server-sent events, which cannot set a cookie.
    fetchOptions: {
      credentials: 'same-origin',
      headers: { accept: 'application/graphql-response+json, application/json' },
    },
    exchanges: [cacheExchange, subscriptionExchange({ forwardSubscription }), fetchExchange],
  });
}
