/*
 * Which answer led the visitor to a product, for as long as the page is open:
 * the events that follow name it, so that the shop learns what its
 * recommendations are worth.
 */
const trail = new Map<string, string>();

/** Remembers that an answer led to a product. */
export function rememberTrail(sku: string, recommendationId: string): void {
  trail.set(sku, recommendationId);
}

/** The answer that led to a product, if one did. */
export function trailOf(sku: string): string | undefined {
  return trail.get(sku);
}
