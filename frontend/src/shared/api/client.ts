import type { createClient, Client as Socket } from 'graphql-ws';
import { type ApiError, type GraphqlError, toApiError } from './api-error';
import { takeEarly } from './early';
import { newQuestion, type Question, toAnswer } from './question';
import { bodyOf, kindsOf, post, type Result, type Variables } from './request';

/** A connection to the API: queries over HTTP, subscriptions over one WebSocket that opens when first needed. */
export interface Connection {
  client: Client;
  /** Opens the socket anew, so that it carries the cookie of whoever has just signed in or out. */
  reconnect(): void;
  /** Lets go of the socket. */
  close(): void;
}

/** What asks the API. A query is asked once for all who follow it, and again when a mutation's answer holds things of its types. */
export interface Client {
  question(text: string, variables: Variables): Question;
  /** Runs a mutation. It never throws. */
  command(text: string, variables: Variables): Promise<{ data?: unknown; error?: ApiError }>;
  /** Follows a subscription until the returned function is called. */
  follow(text: string, variables: Variables, sink: Sink): () => void;
}

/** Takes what a subscription sends. */
export interface Sink {
  next(data: unknown): void;
  failed(error: ApiError): void;
}

/** Carries subscriptions: what graphql-ws does. */
export type Forward = (
  request: { query: string; variables: Variables },
  sink: { next(result: Result): void; error(cause: unknown): void; complete(): void },
) => () => void;

/** Connects to the API of the page's own origin. What speaks over the socket is loaded when it is first needed. */
export function connect(): Connection {
  const { origin } = window.location;
  let socket: Promise<Socket> | undefined;
  const open = () => {
    socket ??= import('graphql-ws').then(({ createClient }) => openSocket(createClient, origin));
    return socket;
  };
  const forward: Forward = (request, sink) => {
    let isOver = false;
    let stop = () => {};
    open().then(
      (it) => {
        if (!isOver) stop = it.subscribe(request, sink);
      },
      (error) => sink.error(error),
    );
    return () => {
      isOver = true;
      stop();
    };
  };
  return {
    client: makeClient(`${origin}/graphql`, forward, takeEarly()),
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

/** A client of the API at an address, with a way to subscribe, and answers that were asked for early. */
export function makeClient(
  url: string,
  forward: Forward,
  early: ReturnType<typeof takeEarly> = () => undefined,
): Client {
  const questions = new Map<string, Question>();
  return {
    question(text, variables) {
      const key = `${text}${JSON.stringify(variables)}`;
      let question = questions.get(key);
      if (!question) {
        const body = bodyOf(text, variables);
        question = newQuestion(() => post(url, body), early(body));
        questions.set(key, question);
      }
      return question;
    },
    async command(text, variables) {
      const result = await post(url, bodyOf(text, variables)).catch((): Result => ({}));
      const kinds = kindsOf(result.data);
      for (const question of questions.values()) question.change(kinds);
      return result.errors?.length ? { error: toApiError(result.errors) } : toAnswer(result);
    },
    follow: (text, variables, sink) =>
      forward(
        { query: text, variables },
        {
          next: ({ data, errors }) => {
            if (data) sink.next(data);
            if (errors?.length) sink.failed(toApiError(errors));
          },
          error: (cause) => sink.failed(toApiError(Array.isArray(cause) ? (cause as GraphqlError[]) : undefined)),
          complete: () => {},
        },
      ),
  };
}
