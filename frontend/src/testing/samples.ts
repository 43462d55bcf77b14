import type { FragmentType } from '~/gql';
import type {
  CartContentFragment,
  EventType,
  ProductCardFragment,
  ProductCardFragmentDoc,
  ShelfAnswerFragment,
  WhyQuery,
} from '~/gql/graphql';
import type { Unmasked } from './unmasked';

const money = (amount: string) => ({ amount, currency: 'EUR' });

/** A product as cards show it, masked as a page gets it and plain as the server sends it. */
export function sampleProduct(
  sku: string,
  change: Partial<Unmasked<ProductCardFragment>> = {},
): Unmasked<ProductCardFragment> & FragmentType<typeof ProductCardFragmentDoc> {
  return {
    sku,
    name: `Product ${sku}`,
    image: `/pictures/${sku}.svg`,
    stock: 7,
    price: money('12.50'),
    vendor: { slug: 'acorn-and-anvil', name: 'Acorn & Anvil' },
    ...change,
  };
}

/** An answer that recommends these skus, each because of a pan. */
export function sampleAnswer(skus: string[], recommendationId = 'answer-1'): Unmasked<ShelfAnswerFragment> {
  return {
    recommendationId,
    edges: skus.map((sku) => ({
      source: 'PERSONAL',
      node: sampleProduct(sku),
      reasons: [
        { kind: 'EVENT', text: 'Because you bought a pan', product: { sku: 'pan', name: 'Cast-iron pan, large' } },
      ],
    })),
    freshness: {
      served: 'FOLD_IN',
      profileThrough: new Date(Date.now() - 4000).toISOString(),
      trainedAt: '2026-05-02T02:10:00.000Z',
      pendingEvents: 0,
    },
  };
}

/** Why a product is recommended: two reasons for it and one against. */
export function sampleWhy(): Unmasked<WhyQuery> {
  const reason = (share: number, id: string, name: string, type: EventType) => ({
    kind: 'EVENT' as const,
    share,
    text: `Because of ${name}`,
    product: { sku: name, name },
    event: { id, type, occurredAt: '2026-05-03T10:00:00.000Z' },
  });
  const reasons = [
    reason(0.6, 'event-1', 'Cast-iron pan', 'ORDER_PLACED'),
    reason(0.3, 'event-2', 'Oak board', 'PRODUCT_VIEW'),
    reason(-0.1, 'event-3', 'Enamel kettle', 'RETURN'),
  ];
  return { recommendations: { edges: [{ score: 0.8, reasons }] } };
}

/** A cart with one piece of each of these skus. */
export function sampleCart(skus: string[]): Unmasked<CartContentFragment> & CartContentFragment {
  return {
    count: skus.length,
    total: skus.length > 0 ? money((12.5 * skus.length).toFixed(2)) : null,
    lines: skus.map((sku) => ({ sku, quantity: 1, total: money('12.50'), product: sampleProduct(sku) })),
  };
}
