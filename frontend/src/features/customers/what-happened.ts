import { type FragmentType, readFragment } from '~/gql';
import { type EventType, HappeningFragmentDoc } from '~/gql/graphql';

const verbs: Partial<Record<EventType, string>> = {
  PRODUCT_VIEW: 'Looked at',
  CART_ADD: 'Put into the cart',
  CART_REMOVE: 'Took out of the cart',
  ORDER_PLACED: 'Ordered',
  PURCHASE: 'Bought',
  RETURN: 'Gave back',
  NOT_INTERESTED: 'Not interested in',
  CLICK: 'Clicked on',
};

/** Says an event in words: "Ordered Cast-iron pan, 2 pieces". */
export function whatHappened(event: FragmentType<typeof HappeningFragmentDoc>): string {
  const { type, sku, quantity, rating, query, product } = readFragment(HappeningFragmentDoc, event);
  const thing = product?.name ?? sku ?? 'something';
  if (type === 'SEARCH') return `Searched for “${query ?? ''}”`;
  if (type === 'RATING') return `Gave ${thing} ${rating ?? '–'} of 5 stars`;
  if (type === 'EXCLUDED_FROM_TASTE') return 'Asked that something does not count';
  const pieces = quantity && quantity > 1 ? `, ${quantity.toLocaleString('en')} pieces` : '';
  return `${verbs[type] ?? type.toLowerCase().replaceAll('_', ' ')} ${thing}${pieces}`;
}
