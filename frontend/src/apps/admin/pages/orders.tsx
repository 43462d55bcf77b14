import { useNavigate, useSearch } from '@tanstack/react-router';
import { OpenCarts } from '~/features/all-orders/open-carts';
import { orderFilter, readOrderSearch } from '~/features/all-orders/order-search';
import { OrderTable } from '~/features/all-orders/order-table';
import { AllOrdersDocument } from '~/gql/graphql';
import { usePageTitle } from '~/shared/lib/page-title';
import { QueryLink } from '~/shared/ui/query-link';
import styles from './page.module.css';

/** The orders of all customers, and below them the carts that may become some. */
export function OrdersPage() {
  usePageTitle('Orders', 'console');
  const search = readOrderSearch(useSearch({ strict: false }));
  const go = useNavigate();
  return (
    <div className={styles.page}>
      <div className={styles.head}>
        <h1>Orders</h1>
        <QueryLink
          document={AllOrdersDocument}
          variables={{ filter: orderFilter(search), sort: search.sort ?? 'NEWEST', first: 25 }}
        />
      </div>
      <OrderTable search={search} onChange={(next) => void go({ to: '/orders', search: next as never })} />
      <OpenCarts />
    </div>
  );
}
