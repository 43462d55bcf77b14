/** What a table of vendors or categories shows, as its address says. */
export interface GroupSearch {
  q?: string;
  has?: 'yes' | 'no';
  sort?: 'NAME' | 'PRODUCT_COUNT';
}

/** Reads an address; what makes no sense is left out. */
export function readGroupSearch(raw: Record<string, unknown>): GroupSearch {
  const read: GroupSearch = {
    q: raw.q === undefined || raw.q === '' ? undefined : String(raw.q),
    has: raw.has === 'yes' || raw.has === 'no' ? raw.has : undefined,
    sort: raw.sort === 'PRODUCT_COUNT' || raw.sort === 'NAME' ? raw.sort : undefined,
  };
  return Object.fromEntries(Object.entries(read).filter(([, value]) => value !== undefined));
}

/** What the table asks for, and its page's query: as many as there may be, so that most shops have them on one page. */
export const groupVariables = ({ q, has, sort }: GroupSearch) => ({
  query: q,
  filter: has && { hasProducts: has === 'yes' },
  sort: sort ?? ('NAME' as const),
  first: 100,
});
