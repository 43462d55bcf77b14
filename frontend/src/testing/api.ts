import { waitFor } from '@testing-library/react';
import { graphql, HttpResponse } from 'msw';
import { setupServer } from 'msw/node';
import { expect } from 'vitest';
import { ShopNameDocument, type TypedDocumentString } from '~/gql/graphql';
import { type Connection, makeClient } from '~/shared/api/client';
import type { Unmasked } from './unmasked';

const nameOf = (document: TypedDocumentString<unknown, never>) =>
  /(?:query|mutation|subscription) (\w+)/.exec(document.toString())?.[1] ?? '';

/** The server that answers in tests: what every page asks; any other request that nobody expects fails the test. */
export const server = setupServer(
  graphql.query(nameOf(ShopNameDocument), () => HttpResponse.json({ data: { shop: { name: 'Also' } } })),
);

/** Answers an operation with data, or with what a function makes of its variables. */
export function answer<Data, Variables>(
  document: TypedDocumentString<Data, Variables>,
  data: Unmasked<Data> | ((variables: Variables) => Unmasked<Data>),
): void {
  server.use(
    graphql.operation(({ operationName, variables }) => {
      if (operationName !== nameOf(document)) return undefined;
      const result =
        typeof data === 'function' ? (data as (v: Variables) => Unmasked<Data>)(variables as Variables) : data;
      return HttpResponse.json({ data: result as Record<string, unknown> });
    }),
  );
}

/** Answers an operation with an error of a code. */
export function refuse<Data, Variables>(
  document: TypedDocumentString<Data, Variables>,
  code: string,
  message: string,
): void {
  server.use(
    graphql.operation(({ operationName }) => {
      if (operationName !== nameOf(document)) return undefined;
      return HttpResponse.json({ data: null, errors: [{ message, extensions: { code } }] });
    }),
  );
}

type Sink = { next(message: { data: Record<string, unknown> }): void };

const sinks = new Map<string, Set<Sink>>();

/** Sends a message to all who follow a subscription, waiting for the first who does. */
export async function push<Data, Variables>(
  document: TypedDocumentString<Data, Variables>,
  data: Unmasked<Data>,
): Promise<void> {
  const followers = () => sinks.get(nameOf(document)) ?? new Set<Sink>();
  if (followers().size === 0) await waitFor(() => expect(followers().size).toBeGreaterThan(0));
  for (const sink of followers()) sink.next({ data: data as Record<string, unknown> });
}

/** A connection to the server of the tests; subscriptions are fed by push. */
export function connectInTest(): Connection {
  const client = makeClient('http://also.test/graphql', ({ query }, sink) => {
    const name = /subscription (\w+)/.exec(query)?.[1] ?? '';
    const all = sinks.get(name) ?? new Set();
    sinks.set(name, all.add(sink));
    return () => all.delete(sink);
  });
  return { client, reconnect: () => {}, close: () => {} };
}
