import type { Result } from './request';

/** An answer that was asked for before the page's scripts were there. */
export interface EarlyAnswer {
  coming: Promise<Result>;
  /** There once it came. */
  result?: Result;
}

/** Questions that the page's first script sent while the others were on their way, by their bodies: see frontend/early.ts. */
declare global {
  interface Window {
    early?: Map<string, EarlyAnswer>;
  }
}

/**
 * Gives a function that takes an answer under way by its request's body, each
 * once. The first to call this gets them all: who comes later may be another
 * visitor.
 */
export function takeEarly(): (body: string) => EarlyAnswer | undefined {
  const { early } = window;
  window.early = undefined;
  return (body) => {
    const answer = early?.get(body);
    early?.delete(body);
    return answer;
  };
}

/** Waits until what was asked early is answered or has failed. */
export async function earlyAnswered(): Promise<void> {
  await Promise.allSettled([...(window.early?.values() ?? [])].map(({ coming }) => coming));
}
