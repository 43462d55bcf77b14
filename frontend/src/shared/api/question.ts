import { type ApiError, toApiError } from './api-error';
import type { EarlyAnswer } from './early';
import { kindsOf, type Result } from './request';

/** What is known of a question. It is replaced, never changed. */
export interface Answer {
  data?: unknown;
  error?: ApiError;
  /** A newer one is on its way. */
  isFetching: boolean;
}

/** cache-first asks only where nothing is known; cache-and-network shows what is known and asks all the same. */
export type Policy = 'cache-first' | 'cache-and-network';

/** A query with its variables: its latest answer, for all who follow it. */
export interface Question {
  read(): Answer;
  follow(onChange: () => void): () => void;
  /** Whether somebody new, who wants an answer by this policy, makes it be asked. */
  needs(policy: Policy): boolean;
  /** Asks. What an older request brings is dropped then. */
  ask(): void;
  /** Something of the named types has changed: asks anew if anyone follows, and else forgets. */
  change(kinds: ReadonlySet<string>): void;
}

/** How long an early answer is as good as one just asked for, in ms: the parts of a page do not all come at once. */
const freshMs = 1000;

/** Reads what the server sent. Data that came with errors count; an answer without either is none. */
export function toAnswer({ data, errors }: Result): Omit<Answer, 'isFetching'> {
  if (data !== undefined && data !== null) return { data };
  return { error: toApiError(errors) };
}

/** Makes a question; `early` is an answer that was asked for before. */
export function newQuestion(send: () => Promise<Result>, early: EarlyAnswer | undefined): Question {
  let answer: Answer = early?.result ? { ...toAnswer(early.result), isFetching: false } : { isFetching: false };
  let coming = early?.result ? undefined : early?.coming;
  const freshUntil = early?.result ? performance.now() + freshMs : 0;
  let asked = 0;
  const followers = new Set<() => void>();
  const set = (next: Answer) => {
    answer = next;
    for (const tell of followers) tell();
  };
  const ask = () => {
    const number = ++asked;
    const isLatest = () => number === asked;
    const sent = coming ?? send();
    coming = undefined;
    set({ ...answer, isFetching: true });
    sent.then(
      (result) => isLatest() && set({ ...toAnswer(result), isFetching: false }),
      () => isLatest() && set({ error: toApiError(undefined), isFetching: false }),
    );
  };
  return {
    read: () => answer,
    follow(onChange) {
      followers.add(onChange);
      return () => followers.delete(onChange);
    },
    needs(policy) {
      if (answer.isFetching || performance.now() < freshUntil) return false;
      return policy !== 'cache-first' || answer.data === undefined;
    },
    ask,
    change(kinds) {
      if (![...kindsOf(answer.data)].some((kind) => kinds.has(kind))) return;
      if (followers.size > 0) ask();
      else set({ isFetching: false });
    },
  };
}
