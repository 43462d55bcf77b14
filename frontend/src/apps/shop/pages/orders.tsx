import { OrderList } from '~/features/orders/order-list';
import { usePageTitle } from '~/shared/lib/page-title';
import styles from './page.module.css';

/** The visitor's orders. */
export function OrdersPage() {
  usePageTitle('Your orders');
  return (
    <>
      <h1 className={styles.title}>Your orders</h1>
      <OrderList />
    </>
  );
}
