import type { ProductSort } from '~/gql/graphql';

/** What a list of products shows, as its address says. */
export interface ListingSearch {
  q?: string;
  category?: string[];
  vendor?: string[];
  min?: string;
  max?: string;
  stock?: boolean;
  sort?: ProductSort;
}

const sorts: readonly ProductSort[] = ['RELEVANCE', 'BEST_SELLING', 'NEWEST', 'PRICE_ASC', 'PRICE_DESC', 'NAME'];

/** Reads an address; what makes no sense is left out. */
export function readListingSearch(raw: Record<string, unknown>): ListingSearch {
  const texts = (value: unknown) => {
    const list = (Array.isArray(value) ? value : [value]).filter((one) => typeof one === 'string' && one !== '');
    return list.length > 0 ? (list as string[]) : undefined;
  };
  const decimal = (value: unknown) => (/^\d+(\.\d+)?$/.test(String(value)) ? String(value) : undefined);
  const read: ListingSearch = {
    q: raw.q === undefined || raw.q === '' ? undefined : String(raw.q),
    category: texts(raw.category),
    vendor: texts(raw.vendor),
    min: decimal(raw.min),
    max: decimal(raw.max),
    stock: raw.stock === true ? true : undefined,
    sort: sorts.find((one) => one === raw.sort),
  };
  return Object.fromEntries(Object.entries(read).filter(([, value]) => value !== undefined));
}
