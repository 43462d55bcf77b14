import type { ReasonKind } from '~/gql/graphql';

/** A recommended product with its foremost reason, as the API gives it. */
interface Reasoned {
  reasons: readonly { kind: ReasonKind; product?: { sku: string; name: string } | null }[];
}

/**
 * Says what a row follows from: the two products that are most often the
 * foremost reason of its cards, in short. Undefined where what the shopper did
 * is no reason.
 */
export function becauseOf(edges: readonly Reasoned[]): string | undefined {
  const counts = new Map<string, { name: string; count: number }>();
  for (const { reasons } of edges) {
    const [first] = reasons;
    if (first?.kind !== 'EVENT' || !first.product) continue;
    const { sku, name } = first.product;
    counts.set(sku, { name, count: (counts.get(sku)?.count ?? 0) + 1 });
  }
  const names = [...counts.values()].sort((a, b) => b.count - a.count).map(({ name }) => name.split(',')[0] ?? name);
  const few = [...new Set(names)].slice(0, 2);
  return few.length > 0 ? `Because of ${few.join(' and ')}` : undefined;
}
