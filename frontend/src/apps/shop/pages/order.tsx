import { useParams, useSearch } from '@tanstack/react-router';
import { OneOrder } from '~/features/orders/one-order';
import { usePageTitle } from '~/shared/lib/page-title';
import { ShopShelf } from '../shop-shelf';
import { NotFoundPage } from './not-found';
import styles from './page.module.css';

/** One order. Right after it was placed, a confirmation. */
export function OrderPage() {
  const { id = '' } = useParams({ strict: false });
  const search: Record<string, unknown> = useSearch({ strict: false });
  const title = search.placed === true ? 'Thank you. Your order is placed.' : 'Your order';
  usePageTitle(title);
  return (
    <OneOrder
      id={id}
      title={
        <header>
          <h1 className={styles.title}>{title}</h1>
          {search.placed === true && (
            <p className={styles.lead}>It counts from now on: what you are shown next knows it already.</p>
          )}
        </header>
      }
      missing={<NotFoundPage />}
    >
      {(skus) => (
        <div className={styles.below}>
          <ShopShelf
            title="Next to what you bought"
            why="What others bought next"
            placement="order"
            products={skus}
            count={12}
          />
        </div>
      )}
    </OneOrder>
  );
}
