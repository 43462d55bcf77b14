import type { ProductSort } from '~/gql/graphql';

/** What a list of products shows, as its address says. */
export interface ListingSearch {
  q?: string;
  category?: string[];
  vendor?: string[];
  /** Each a name and one of its values, `colour:blue`. */
  attribute?: string[];
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
  const pairs = (value: unknown) => texts(texts(value)?.filter((pair) => pair.indexOf(':') > 0));
  const decimal = (value: unknown) => (/^\d+(\.\d+)?$/.test(String(value)) ? String(value) : undefined);
  const read: ListingSearch = {
    q: raw.q === undefined || raw.q === '' ? undefined : String(raw.q),
    category: texts(raw.category),
    vendor: texts(raw.vendor),
    attribute: pairs(raw.attribute),
    min: decimal(raw.min),
    max: decimal(raw.max),
    stock: raw.stock === true ? true : undefined,
    sort: sorts.find((one) => one === raw.sort),
  };
  return Object.fromEntries(Object.entries(read).filter(([, value]) => value !== undefined));
}

/** What an address says of attributes, as the API wants it: each name once, with all its values. */
export function attributeFilter(pairs: string[] | undefined): { name: string; values: string[] }[] | undefined {
  if (!pairs) return undefined;
  const byName = new Map<string, string[]>();
  for (const pair of pairs) {
    const { name, value } = splitAttribute(pair);
    byName.set(name, [...(byName.get(name) ?? []), value]);
  }
  return [...byName].map(([name, values]) => ({ name, values }));
}

/** Takes `colour:blue` apart; a value may have colons, a name may not. */
export function splitAttribute(pair: string): { name: string; value: string } {
  const at = pair.indexOf(':');
  return { name: pair.slice(0, at), value: pair.slice(at + 1) };
}
