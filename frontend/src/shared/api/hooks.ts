import type { AnyVariables, RequestPolicy, TypedDocumentNode } from '@urql/core';
import { useCallback, useMemo } from 'react';
import { useClient, useQuery, useSubscription } from 'urql';
import type { TypedDocumentString } from '~/gql/graphql';
import { type ApiError, toApiError } from './api-error';

/** A query's state: exactly one of pending, failed or there; data stays while it is renewed. */
export type QueryState<Data> = { refresh(): void; isRenewing: boolean } & (
  | { isPending: true; data: undefined; error: undefined }
  | { isPending: false; data: undefined; error: ApiError }
  | { isPending: false; data: Data; error: undefined }
);

/** Generated documents are strings; the client's types want them as nodes. */
function asNode<Data, Variables>(document: TypedDocumentString<Data, Variables>) {
  return document.toString() as unknown as TypedDocumentNode<Data, AnyVariables>;
}

/** Asks a query and follows it. With `pause` nothing is asked and the state stays pending. */
export function useGraphql<Data, Variables extends Record<string, unknown>>(
  document: TypedDocumentString<Data, Variables>,
  variables: Variables,
  options: { pause?: boolean; policy?: RequestPolicy } = {},
): QueryState<Data> {
  const [result, ask] = useQuery<Data, AnyVariables>({
    query: asNode(document),
    variables,
    pause: options.pause,
    requestPolicy: options.policy ?? 'cache-and-network',
  });
  const refresh = useCallback(() => ask({ requestPolicy: 'network-only' }), [ask]);
  return useMemo(() => {
    const rest = { refresh, isRenewing: result.fetching || result.stale };
    if (result.data) return { isPending: false, data: result.data, error: undefined, ...rest };
    if (result.error) return { isPending: false, data: undefined, error: toApiError(result.error), ...rest };
    return { isPending: true, data: undefined, error: undefined, ...rest };
  }, [result, refresh]);
}

/** What a mutation came to: its data, or why it failed. Errors of the user's are inside the data. */
export type CommandResult<Data> = { data: Data; error?: undefined } | { data?: undefined; error: ApiError };

/** Gives a function that runs a mutation once; it never throws. */
export function useCommand<Data, Variables extends Record<string, unknown>>(
  document: TypedDocumentString<Data, Variables>,
): (variables: Variables) => Promise<CommandResult<Data>> {
  const client = useClient();
  return useCallback(
    async (variables: Variables) => {
      const result = await client.mutation<Data, AnyVariables>(asNode(document), variables).toPromise();
      if (result.error) return { error: toApiError(result.error) };
      if (!result.data) return { error: { code: 'INTERNAL', message: 'The server sent an empty answer.' } };
      return { data: result.data };
    },
    [client, document],
  );
}

/** Follows a subscription; `onData` gets each message as it arrives. */
export function useLive<Data, Variables extends Record<string, unknown>>(
  document: TypedDocumentString<Data, Variables>,
  variables: Variables,
  onData: (data: Data) => void,
  options: { pause?: boolean } = {},
): { error: ApiError | undefined } {
  const [result] = useSubscription<Data, Data, AnyVariables>(
    { query: asNode(document), variables, pause: options.pause },
    (_previous, data) => {
      onData(data);
      return data;
    },
  );
  return { error: result.error ? toApiError(result.error) : undefined };
}
