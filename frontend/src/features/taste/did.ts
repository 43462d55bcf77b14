import type { EventType } from '~/gql/graphql';

const words: Partial<Record<EventType, string>> = {
  PRODUCT_VIEW: 'You looked at it',
  CART_ADD: 'You put it into the cart',
  CART_REMOVE: 'You took it out of the cart',
  ORDER_PLACED: 'You bought it',
  PURCHASE: 'You bought it',
  RETURN: 'You returned it',
  RATING: 'You rated it',
  NOT_INTERESTED: 'You are not interested in it',
  SEARCH: 'You searched',
};

/** Says what the visitor did, in words. */
export function did(event: { type: EventType; quantity?: number | null; rating?: number | null }): string {
  const pieces = event.quantity && event.quantity > 1 ? `, ${event.quantity} pieces` : '';
  const stars = event.rating ? `, ${event.rating} of 5` : '';
  return `${words[event.type] ?? 'You did something with it'}${pieces}${stars}`;
}
