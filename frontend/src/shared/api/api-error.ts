/** Why a request failed, in the API's own codes; OFFLINE when no answer came at all. */
export interface ApiError {
  code: string;
  message: string;
}

/** A failure as GraphQL sends it. */
export interface GraphqlError {
  message: string;
  extensions?: Record<string, unknown>;
}

/** Reads the first of the failures that an answer names; without one, no answer came. */
export function toApiError(errors: readonly GraphqlError[] | undefined): ApiError {
  const first = errors?.[0];
  if (first) {
    const code = first.extensions?.code;
    return { code: typeof code === 'string' ? code : 'INTERNAL', message: first.message };
  }
  return { code: 'OFFLINE', message: 'The server cannot be reached. Check the connection, then try again.' };
}

/** Whether the failure says that the caller lacks the right, rather than that something broke. */
export function isNotAllowed(error: ApiError): boolean {
  return error.code === 'UNAUTHENTICATED' || error.code === 'FORBIDDEN';
}
