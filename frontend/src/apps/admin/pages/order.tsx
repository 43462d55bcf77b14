import { Link, useParams } from '@tanstack/react-router';
import { OrderDetail } from '~/features/all-orders/order-detail';
import { OneOfAllOrdersDocument } from '~/gql/graphql';
import { usePageTitle } from '~/shared/lib/page-title';
import { QueryLink } from '~/shared/ui/query-link';
import styles from './page.module.css';

/** One order. */
export function OrderPage() {
  const { number = '' } = useParams({ strict: false });
  usePageTitle(`Order ${number.slice(-8)}`, 'console');
  return (
    <div className={styles.page}>
      <h1 className="visually-hidden">Order {number.slice(-8)}</h1>
      <div className={styles.head}>
        <Link to="/orders">All orders</Link>
        <QueryLink document={OneOfAllOrdersDocument} variables={{ number }} />
      </div>
      <OrderDetail key={number} number={number} />
    </div>
  );
}
