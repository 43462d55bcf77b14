import type { CustomerSort } from '~/gql/graphql';

/** What the table of customers shows, as its address says. */
export interface CustomerSearch {
  q?: string;
  sort?: CustomerSort;
  account?: 'yes' | 'no';
}

const sorts: readonly CustomerSort[] = ['NEWEST', 'OLDEST', 'NAME'];

/** Reads an address; what makes no sense is left out. */
export function readCustomerSearch(raw: Record<string, unknown>): CustomerSearch {
  const read: CustomerSearch = {
    q: raw.q === undefined || raw.q === '' ? undefined : String(raw.q),
    sort: sorts.find((one) => one === raw.sort),
    account: raw.account === 'yes' || raw.account === 'no' ? raw.account : undefined,
  };
  return Object.fromEntries(Object.entries(read).filter(([, value]) => value !== undefined));
}

/** The filter that an address means. */
export const customerFilter = ({ account }: CustomerSearch) =>
  account === undefined ? undefined : { hasAccount: account === 'yes' };
