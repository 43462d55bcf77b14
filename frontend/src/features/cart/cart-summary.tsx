import { Link } from '@tanstack/react-router';
import type { CartContentFragment } from '~/gql/graphql';
import button from '~/shared/ui/button.module.css';
import { Price } from '~/shared/ui/price';
import styles from './cart.module.css';

/** What the cart comes to, and the way on. */
export function CartSummary({ cart }: { cart: CartContentFragment }) {
  return (
    <section className={styles.summary} aria-labelledby="summary">
      <h2 id="summary">Your order</h2>
      <dl>
        <div>
          <dt>{cart.count === 1 ? '1 piece' : `${cart.count} pieces`}</dt>
          <dd>
            <Price value={cart.total} />
          </dd>
        </div>
        <div>
          <dt>Delivery</dt>
          <dd>free</dd>
        </div>
      </dl>
      <Link to="/checkout" className={button.button} data-kind="primary">
        Go to checkout
      </Link>
    </section>
  );
}
