import type { OrderFilter, OrderSort, OrderState } from '~/gql/graphql';

/** What the table of orders shows, as its address says; days are of UTC. */
export interface OrderSearch {
  state?: OrderState;
  sort?: OrderSort;
  from?: string;
  to?: string;
  customer?: string;
}

const day = (value: unknown) => (typeof value === 'string' && /^\d{4}-\d\d-\d\d$/.test(value) ? value : undefined);

/** Reads an address; what makes no sense is left out. */
export function readOrderSearch(raw: Record<string, unknown>): OrderSearch {
  const read: OrderSearch = {
    state: raw.state === 'PLACED' || raw.state === 'CANCELLED' ? raw.state : undefined,
    sort: raw.sort === 'OLDEST' ? 'OLDEST' : undefined,
    from: day(raw.from),
    to: day(raw.to),
    customer: typeof raw.customer === 'string' && raw.customer ? raw.customer : undefined,
  };
  return Object.fromEntries(Object.entries(read).filter(([, value]) => value !== undefined));
}

/** The filter that an address means; its last day is among them. */
export function orderFilter({ state, from, to, customer }: OrderSearch): OrderFilter {
  return {
    state,
    customer,
    from: from && `${from}T00:00:00Z`,
    before: to && new Date(Date.parse(`${to}T00:00:00Z`) + 86_400_000).toISOString(),
  };
}
