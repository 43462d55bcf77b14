/** Questions that the page's first script sent while the others were on their way, by their bodies: see frontend/early.ts. */
declare global {
  interface Window {
    early?: Map<string, Promise<Response>>;
  }
}

/**
 * Gives a fetch that takes an answer under way instead of asking again, each
 * once. The first to call it gets them all: who comes later may be another
 * visitor.
 */
export function fetchOrTake(): typeof fetch {
  const { early } = window;
  window.early = undefined;
  return (address, options) => {
    const body = String(options?.body);
    const answer = early?.get(body);
    early?.delete(body);
    return answer ?? fetch(address, options);
  };
}
