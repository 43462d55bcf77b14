import { Link } from '@tanstack/react-router';
import { type FragmentType, readFragment } from '~/gql';
import { OrderSummaryFragmentDoc } from '~/gql/graphql';
import { addressLine } from '~/shared/lib/address';
import { exactTime, relativeTime } from '~/shared/lib/time';
import { Picture } from '~/shared/ui/picture';
import { Price } from '~/shared/ui/price';
import { CancelButton } from './cancel-button';
import styles from './orders.module.css';

/** One order: when, what, how much. */
export function OrderSummary({ order }: { order: FragmentType<typeof OrderSummaryFragmentDoc> }) {
  const { id, number, placedAt, delivery, lines, total, state, cancellable } = readFragment(
    OrderSummaryFragmentDoc,
    order,
  );
  return (
    <article className={styles.order} aria-label={`Order of ${exactTime(placedAt)}`}>
      <header className={styles.head}>
        <time dateTime={placedAt} title={exactTime(placedAt)}>
          Placed {relativeTime(placedAt, new Date())}
        </time>
        <span className={styles.number}>No. {number.slice(-8)}</span>
        {state === 'CANCELLED' && <span className={styles.cancelled}>Cancelled</span>}
        <strong>
          <Price value={total} />
        </strong>
      </header>
      <ul>
        {lines.map(({ sku, quantity, total: sum, product }) => (
          <li key={sku} className={styles.line}>
            <span className={styles.picture}>
              <Picture src={product?.image} />
            </span>
            {product ? (
              <Link to="/product/$sku" params={{ sku }}>
                {product.name}
              </Link>
            ) : (
              <span>{sku}, no longer on offer</span>
            )}
            <span className={styles.quiet}>{quantity > 1 && `${quantity} ×`}</span>
            <span className={styles.sum}>
              <Price value={sum} />
            </span>
          </li>
        ))}
      </ul>
      {delivery && <p className={styles.delivery}>Delivered to {addressLine(delivery)}</p>}
      {cancellable && <CancelButton id={id} />}
    </article>
  );
}
