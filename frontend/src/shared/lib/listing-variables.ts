import type { ProductFilter, ProductSort } from '~/gql/graphql';
import { attributeFilter, type ListingSearch } from './listing-search';

const pageSize = 24;

/** What a list asks, by its address and by what every product of its page has. The build asks it too: see frontend/early.ts. */
export function listingVariables(
  search: ListingSearch,
  within: Pick<ProductFilter, 'categories' | 'vendors'> | undefined,
  pages = 1,
) {
  const currency = 'EUR';
  const filter: ProductFilter = {
    categories: search.category ?? within?.categories,
    vendors: search.vendor ?? within?.vendors,
    priceMin: search.min ? { amount: search.min, currency } : undefined,
    priceMax: search.max ? { amount: search.max, currency } : undefined,
    inStock: search.stock,
    attributes: attributeFilter(search.attribute),
  };
  const sort: ProductSort = search.sort ?? 'RELEVANCE';
  return { query: search.q, filter, sort, first: Math.min(100, pages * pageSize) };
}
