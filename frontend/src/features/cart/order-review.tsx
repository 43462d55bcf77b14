import { Link } from '@tanstack/react-router';
import { readFragment } from '~/gql';
import { type CartContentFragment, ProductCardFragmentDoc } from '~/gql/graphql';
import { Picture } from '~/shared/ui/picture';
import { Price } from '~/shared/ui/price';
import styles from './checkout.module.css';

/** What is about to be ordered, and what it comes to; what is wrong with a line stands below it. */
export function OrderReview({ cart, wrongs }: { cart: CartContentFragment; wrongs: Record<string, string> }) {
  return (
    <>
      <ul>
        {cart.lines.map(({ sku, quantity, total, product: masked }, at) => {
          const product = readFragment(ProductCardFragmentDoc, masked);
          const wrong = wrongs[`lines.${at}`];
          return (
            <li key={sku} className={styles.line}>
              <span className={styles.picture}>
                <Picture src={product?.image} />
              </span>
              <span className={styles.what}>
                {product?.name ?? sku}
                {quantity > 1 && <span className={styles.quiet}> {quantity} ×</span>}
              </span>
              <Price value={total} />
              {wrong && (
                <p role="alert" tabIndex={-1} className={styles.wrong}>
                  {wrong} <Link to="/cart">Change the cart</Link>
                </p>
              )}
            </li>
          );
        })}
      </ul>
      <dl className={styles.sums}>
        <div>
          <dt>Delivery</dt>
          <dd>free</dd>
        </div>
        <div>
          <dt>{cart.count === 1 ? '1 piece' : `${cart.count} pieces`}</dt>
          <dd>
            <Price value={cart.total} />
          </dd>
        </div>
      </dl>
      <p className={styles.quiet}>
        <Link to="/cart">Change the cart</Link>
      </p>
    </>
  );
}
