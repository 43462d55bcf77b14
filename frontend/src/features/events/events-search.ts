import type { EventFilter, EventType } from '~/gql/graphql';

/** What the page of events shows, as its address says. */
export interface EventsSearch {
  type?: EventType;
  sku?: string;
  customer?: string;
  user?: string;
  answer?: string;
  event?: string;
}

/** The types that there are to choose from, in the order of how often one asks. */
export const eventTypes: readonly EventType[] = [
  'ORDER_PLACED',
  'PURCHASE',
  'RETURN',
  'CART_ADD',
  'CART_REMOVE',
  'PRODUCT_VIEW',
  'SEARCH',
  'IMPRESSION',
  'CLICK',
  'RATING',
  'NOT_INTERESTED',
  'EXCLUDED_FROM_TASTE',
  'SESSION_JOINED',
  'CUSTOMER_DELETED',
  'PRODUCT_SAVED',
  'PRODUCT_DELETED',
  'VENDOR_SAVED',
  'VENDOR_DELETED',
  'CATEGORY_SAVED',
  'CATEGORY_DELETED',
];

/** Says a type in words: "Order placed". */
export function typeWord(type: EventType): string {
  const words = type.toLowerCase().replaceAll('_', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** Reads an address; what makes no sense is left out. */
export function readEventsSearch(raw: Record<string, unknown>): EventsSearch {
  const text = (value: unknown) => (value === undefined || value === '' ? undefined : String(value));
  const read: EventsSearch = {
    type: eventTypes.find((one) => one === raw.type),
    sku: text(raw.sku),
    customer: text(raw.customer),
    user: text(raw.user),
    answer: text(raw.answer),
    event: text(raw.event),
  };
  return Object.fromEntries(Object.entries(read).filter(([, value]) => value !== undefined));
}

/** What the API is asked for. A customer outweighs a number: it takes one of them only. */
export function filterOf(search: EventsSearch): EventFilter {
  return {
    types: search.type ? [search.type] : undefined,
    sku: search.sku,
    customer: search.customer,
    user: search.customer ? undefined : search.user,
    recommendationId: search.answer,
  };
}
