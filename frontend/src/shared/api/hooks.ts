import { useCallback, useEffect, useMemo, useRef, useState, useSyncExternalStore } from 'react';
import type { TypedDocumentString } from '~/gql/graphql';
import type { ApiError } from './api-error';
import { useClient } from './provider';
import type { Answer, Policy } from './question';
import type { Variables } from './request';

/** A query's state: exactly one of pending, failed or there; data stays while it is renewed. */
export type QueryState<Data> = { refresh(): void; isRenewing: boolean } & (
  | { isPending: true; data: undefined; error: undefined }
  | { isPending: false; data: undefined; error: ApiError }
  | { isPending: false; data: Data; error: undefined }
);

const unasked: Answer = { isFetching: false };
const readUnasked = () => unasked;
const followNothing = () => () => {};

/**
 * Asks a query and follows it. With `pause` nothing is asked and the state stays
 * pending. While the answer for other variables is on its way, the last one stays.
 */
export function useGraphql<Data, Vars extends Variables>(
  document: TypedDocumentString<Data, Vars>,
  variables: Vars,
  { pause = false, policy = 'cache-and-network' }: { pause?: boolean; policy?: Policy } = {},
): QueryState<Data> {
  const client = useClient();
  const text = document.toString();
  const key = JSON.stringify(variables);
  const question = useMemo(() => client.question(text, JSON.parse(key)), [client, text, key]);
  const read = pause ? readUnasked : question.read;
  const answer = useSyncExternalStore(pause ? followNothing : question.follow, read);
  const wanted = useRef<unknown>(undefined);
  const willAsk = !pause && wanted.current !== question && question.needs(policy);
  useEffect(() => {
    if (!pause && wanted.current !== question && question.needs(policy)) question.ask();
    wanted.current = pause ? undefined : question;
  }, [question, pause, policy]);
  const last = useRef<unknown>(undefined);
  useEffect(() => {
    if (answer.data !== undefined || answer.error) last.current = answer.data;
  }, [answer]);
  const data = answer.data ?? (answer.error ? undefined : last.current);
  const { error } = answer;
  const isRenewing = answer.isFetching || willAsk;
  return useMemo(() => {
    const rest = { refresh: question.ask, isRenewing };
    if (data !== undefined) return { isPending: false, data: data as Data, error: undefined, ...rest };
    if (error) return { isPending: false, data: undefined, error, ...rest };
    return { isPending: true, data: undefined, error: undefined, ...rest };
  }, [question, data, error, isRenewing]);
}

/** What a mutation came to: its data, or why it failed. Errors of the user's are inside the data. */
export type CommandResult<Data> = { data: Data; error?: undefined } | { data?: undefined; error: ApiError };

/** Gives a function that runs a mutation once; it never throws. */
export function useCommand<Data, Vars extends Variables>(
  document: TypedDocumentString<Data, Vars>,
): (variables: Vars) => Promise<CommandResult<Data>> {
  const client = useClient();
  return useCallback(
    async (variables: Vars) => (await client.command(document.toString(), variables)) as CommandResult<Data>,
    [client, document],
  );
}

/** Follows a subscription; `onData` gets each message as it arrives. */
export function useLive<Data, Vars extends Variables>(
  document: TypedDocumentString<Data, Vars>,
  variables: Vars,
  onData: (data: Data) => void,
  { pause = false }: { pause?: boolean } = {},
): { error: ApiError | undefined } {
  const client = useClient();
  const text = document.toString();
  const key = JSON.stringify(variables);
  const [error, setError] = useState<ApiError>();
  const latest = useRef(onData);
  useEffect(() => {
    latest.current = onData;
  });
  useEffect(() => {
    if (pause) return;
    setError(undefined);
    return client.follow(text, JSON.parse(key), {
      next: (data) => latest.current(data as Data),
      failed: setError,
    });
  }, [client, text, key, pause]);
  return { error };
}
