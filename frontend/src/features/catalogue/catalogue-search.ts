import type { ProductSort, ProductStatus } from '~/gql/graphql';
import { statuses } from './product-status';

/** What the table of products shows, as its address says. */
export interface CatalogueSearch {
  q?: string;
  status?: ProductStatus;
  sort?: ProductSort;
  stock?: 'none';
}

const sorts: readonly ProductSort[] = ['RELEVANCE', 'BEST_SELLING', 'NEWEST', 'PRICE_ASC', 'PRICE_DESC', 'NAME'];

/** Reads an address; what makes no sense is left out. */
export function readCatalogueSearch(raw: Record<string, unknown>): CatalogueSearch {
  const read: CatalogueSearch = {
    q: raw.q === undefined || raw.q === '' ? undefined : String(raw.q),
    status: statuses.find((one) => one === raw.status),
    sort: sorts.find((one) => one === raw.sort),
    stock: raw.stock === 'none' ? 'none' : undefined,
  };
  return Object.fromEntries(Object.entries(read).filter(([, value]) => value !== undefined));
}
