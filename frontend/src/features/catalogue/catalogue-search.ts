import type { ProductFilter, ProductPart, ProductSort, ProductStatus } from '~/gql/graphql';
import { parts, statuses } from './product-status';

/** What the table of products shows, as its address says. */
export interface CatalogueSearch {
  q?: string;
  status?: ProductStatus;
  lacks?: ProductPart;
  stockBelow?: number;
  category?: string;
  vendor?: string;
  sort?: ProductSort;
}

const sorts: readonly ProductSort[] = [
  'RELEVANCE',
  'BEST_SELLING',
  'NEWEST',
  'PRICE_ASC',
  'PRICE_DESC',
  'NAME',
  'STOCK_ASC',
];

const text = (raw: unknown) => (raw === undefined || raw === '' ? undefined : String(raw));

/** Reads an address; what makes no sense is left out. */
export function readCatalogueSearch(raw: Record<string, unknown>): CatalogueSearch {
  const stockBelow = Number(raw.stockBelow);
  const read: CatalogueSearch = {
    q: text(raw.q),
    status: statuses.find((one) => one === raw.status),
    lacks: parts.find((one) => one === raw.lacks),
    stockBelow: Number.isInteger(stockBelow) && stockBelow > 0 ? stockBelow : undefined,
    category: text(raw.category),
    vendor: text(raw.vendor),
    sort: sorts.find((one) => one === raw.sort),
  };
  return Object.fromEntries(Object.entries(read).filter(([, value]) => value !== undefined));
}

/** What the table asks for, and its page's query: all states, unless one is chosen. */
export function catalogueVariables(search: CatalogueSearch) {
  const filter: ProductFilter = {
    statuses: search.status ? [search.status] : statuses,
    lacks: search.lacks && [search.lacks],
    stockBelow: search.stockBelow,
    categories: search.category ? [search.category] : undefined,
    vendors: search.vendor ? [search.vendor] : undefined,
  };
  return { query: search.q, filter, sort: search.sort ?? ('NAME' as const), first: 25 };
}
