import { useCallback } from 'react';
import { type AddressInput, CartLineSetDocument, OrderPlaceDocument } from '~/gql/graphql';
import { useCommand } from '~/shared/api/hooks';
import { useSession } from '~/shared/api/provider';
import type { MoneyValue } from '~/shared/lib/money';
import { trailOf } from '~/shared/lib/trail';

/** What a command of the cart came to: done, or what to tell the shopper. */
export type CartOutcome = { ok: true; orderId?: string } | { ok: false; message: string; field?: string | null };

/** A line of the cart as the shopper saw it. */
export interface SeenLine {
  sku: string;
  quantity: number;
  /** What one piece cost. */
  price?: MoneyValue | null;
}

/** The cart's commands. */
export function useCartCommands() {
  const setLine = useCommand(CartLineSetDocument);
  const place = useCommand(OrderPlaceDocument);
  const { acted } = useSession();

  const setQuantity = useCallback(
    async (sku: string, quantity: number): Promise<CartOutcome> => {
      const { data, error } = await setLine({ input: { sku, quantity, recommendationId: trailOf(sku) } });
      acted();
      if (error) return { ok: false, message: error.message };
      const wrong = data.cartLineSet.userErrors[0];
      return wrong ? { ok: false, message: wrong.message } : { ok: true };
    },
    [setLine, acted],
  );

  /** Orders the cart, if it holds what the shopper saw. The same `attempt` is one order, however often it is sent. */
  const order = useCallback(
    async (attempt: string, seen: SeenLine[], delivery?: AddressInput): Promise<CartOutcome> => {
      const lines = seen.map((line) => ({ ...line, recommendationId: trailOf(line.sku) }));
      const { data, error } = await place({ input: { idempotencyKey: attempt, lines, delivery } });
      if (error) return { ok: false, message: error.message };
      const wrong = data.orderPlace.userErrors[0];
      if (wrong) return { ok: false, message: wrong.message, field: wrong.field };
      return { ok: true, orderId: data.orderPlace.order?.id };
    },
    [place],
  );

  return { setQuantity, order };
}
