import { ShopNameDocument } from '~/gql/graphql';
import { useGraphql } from './hooks';

/** What the shop is called; until that is known, and without an answer, by the program's name. */
export function useShopName(): string {
  const { data } = useGraphql(ShopNameDocument, {}, { policy: 'cache-first' });
  return data?.shop.name ?? 'Also';
}
