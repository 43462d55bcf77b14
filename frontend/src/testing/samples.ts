import type { FragmentType } from '~/gql';
import type {
  CartContentFragment,
  ProductCardFragment,
  ProductCardFragmentDoc,
  ShelfAnswerFragment,
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

/** An answer that recommends these skus, each with two reasons for it and one against. */
export function sampleAnswer(skus: string[], recommendationId = 'answer-1'): Unmasked<ShelfAnswerFragment> {
  return {
    recommendationId,
    edges: skus.map((sku) => ({
      source: 'PERSONAL',
      score: 0.8,
      node: sampleProduct(sku),
      reasons: [
        {
          kind: 'EVENT',
          share: 0.6,
          text: 'You bought a pan',
          product: { sku: 'pan', name: 'Cast-iron pan', image: '/pictures/pan.svg' },
          event: { id: 'event-1', type: 'ORDER_PLACED', occurredAt: '2026-05-03T10:00:00.000Z' },
        },
        {
          kind: 'EVENT',
          share: 0.3,
          text: 'You looked at a board',
          product: { sku: 'board', name: 'Oak board', image: '/pictures/board.svg' },
          event: { id: 'event-2', type: 'PRODUCT_VIEW', occurredAt: '2026-05-04T10:00:00.000Z' },
        },
        {
          kind: 'EVENT',
          share: -0.1,
          text: 'You returned a kettle',
          product: { sku: 'kettle', name: 'Enamel kettle', image: '/pictures/kettle.svg' },
          event: { id: 'event-3', type: 'RETURN', occurredAt: '2026-05-04T11:00:00.000Z' },
        },
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

/** A cart with one piece of each of these skus. */
export function sampleCart(skus: string[]): Unmasked<CartContentFragment> & CartContentFragment {
  return {
    count: skus.length,
    total: skus.length > 0 ? money((12.5 * skus.length).toFixed(2)) : null,
    lines: skus.map((sku) => ({ sku, quantity: 1, total: money('12.50'), product: sampleProduct(sku) })),
  };
}
