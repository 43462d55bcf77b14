import type { GraphqlError } from './api-error';

/** What the server sends: data, errors, or both. */
export interface Result {
  data?: unknown;
  errors?: readonly GraphqlError[];
}

export type Variables = Record<string, unknown>;

/**
 * The body of a request. Every object of the answer is asked for its type, by
 * which a mutation finds the answers that it makes old. The generated texts have
 * nothing but a selection behind a brace at a line's end.
 */
export function bodyOf(text: string, variables: Variables): string {
  const operationName = /(?:query|mutation|subscription) (\w+)/.exec(text)?.[1];
  return JSON.stringify({ operationName, query: text.replaceAll('{\n', '{\n__typename\n'), variables });
}

/** Asks the server. It throws when no answer comes, or one that is not the API's. */
export async function post(url: string, body: string): Promise<Result> {
  const response = await fetch(url, {
    method: 'POST',
    body,
    credentials: 'same-origin',
    // Plain answers only: server-sent events cannot set a cookie.
    headers: { 'content-type': 'application/json', accept: 'application/graphql-response+json, application/json' },
  });
  return response.json();
}

/** The names of the types of all that an answer holds. */
export function kindsOf(data: unknown, kinds = new Set<string>()): Set<string> {
  if (Array.isArray(data)) for (const one of data) kindsOf(one, kinds);
  else if (typeof data === 'object' && data !== null) {
    for (const [name, value] of Object.entries(data)) {
      if (name === '__typename') kinds.add(String(value));
      else kindsOf(value, kinds);
    }
  }
  return kinds;
}
