import { useState } from 'react';
import { readFragment } from '~/gql';
import { type CartContentFragment, ProductCardFragmentDoc } from '~/gql/graphql';
import { newAttempt } from '~/shared/lib/attempt';
import { Button } from '~/shared/ui/button';
import { Price } from '~/shared/ui/price';
import styles from './cart.module.css';
import { type SeenLine, useCartCommands } from './use-cart-commands';

/** What the shopper sees of the cart, for the server to check. */
function linesOf({ lines }: CartContentFragment): SeenLine[] {
  return lines.map(({ sku, quantity, product }) => ({
    sku,
    quantity,
    price: readFragment(ProductCardFragmentDoc, product)?.price,
  }));
}

/** The sum, and the button that orders. An answer that got lost is asked for again, not ordered again. */
export function Checkout({ cart, onOrdered }: { cart: CartContentFragment; onOrdered(orderId: string): void }) {
  const { order } = useCartCommands();
  const [attempt, setAttempt] = useState(newAttempt);
  const [isBusy, setBusy] = useState(false);
  const [wrong, setWrong] = useState<string>();
  const place = async () => {
    setBusy(true);
    setWrong(undefined);
    const outcome = await order(attempt, linesOf(cart));
    setBusy(false);
    if (!outcome.ok) return setWrong(outcome.message);
    setAttempt(newAttempt());
    if (outcome.orderId) onOrdered(outcome.orderId);
  };
  return (
    <section className={styles.checkout} aria-labelledby="checkout">
      <h2 id="checkout">Your order</h2>
      <dl>
        <div>
          <dt>{cart.count === 1 ? '1 piece' : `${cart.count} pieces`}</dt>
          <dd>
            <Price value={cart.total} />
          </dd>
        </div>
        <div>
          <dt>Delivery</dt>
          <dd>free, it is a demo</dd>
        </div>
      </dl>
      {wrong && (
        <p role="alert" className={styles.wrong}>
          {wrong}
        </p>
      )}
      <Button kind="primary" isBusy={isBusy} onClick={place}>
        {isBusy ? 'Ordering…' : 'Place the order'}
      </Button>
    </section>
  );
}
