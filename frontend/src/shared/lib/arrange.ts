/**
 * Orders a row anew without moving what the visitor points at: `next` in its
 * order, but `held` stays at the place it has in `shown`, even if it is no
 * longer in `next`. Without `held` the answer is `next`.
 */
export function arrange(shown: readonly string[], next: readonly string[], held: string | undefined): string[] {
  const place = held === undefined ? -1 : shown.indexOf(held);
  if (held === undefined || place < 0) return [...next];
  const rest = next.filter((key) => key !== held);
  rest.splice(Math.min(place, rest.length), 0, held);
  return rest;
}
