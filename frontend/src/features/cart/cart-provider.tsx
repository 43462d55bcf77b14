import { createContext, type ReactNode, useContext, useMemo } from 'react';
import { readFragment } from '~/gql';
import { type CartContentFragment, CartContentFragmentDoc, CartDocument } from '~/gql/graphql';
import type { ApiError } from '~/shared/api/api-error';
import { useGraphql } from '~/shared/api/hooks';

interface CartState {
  cart: CartContentFragment | undefined;
  error: ApiError | undefined;
  isPending: boolean;
  refresh(): void;
}

const CartContext = createContext<CartState | undefined>(undefined);

/** Follows the visitor's cart for the pages below it: asked for once, not by every card that has a button. */
export function CartProvider({ children }: { children: ReactNode }) {
  const { data, error, isPending, refresh } = useGraphql(CartDocument, {});
  const state = useMemo<CartState>(
    () => ({ cart: readFragment(CartContentFragmentDoc, data?.viewer.cart) ?? undefined, error, isPending, refresh }),
    [data, error, isPending, refresh],
  );
  return <CartContext value={state}>{children}</CartContext>;
}

/** The visitor's cart. */
export function useCart(): CartState {
  const state = useContext(CartContext);
  if (!state) throw new Error('useCart needs a CartProvider above it');
  return state;
}
