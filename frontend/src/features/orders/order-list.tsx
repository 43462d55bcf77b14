import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { OrdersDocument } from '~/gql/graphql';
import { useGraphql } from '~/shared/api/hooks';
import { Button } from '~/shared/ui/button';
import { Notice } from '~/shared/ui/notice';
import { Skeleton } from '~/shared/ui/skeleton';
import { OrderSummary } from './order-summary';
import styles from './orders.module.css';

/** What the visitor ordered, newest first. */
export function OrderList() {
  const [first, setFirst] = useState(10);
  const { data, error, isPending, refresh } = useGraphql(OrdersDocument, { first });
  if (isPending) return <Skeleton height="10rem" radius="var(--radius-card)" />;
  if (error) {
    return (
      <Notice
        tone="failed"
        title="Your orders cannot be shown now."
        action={<Button onClick={refresh}>Try again</Button>}
      >
        {error.message}
      </Notice>
    );
  }
  const { edges, pageInfo } = data.viewer.orders;
  if (edges.length === 0) {
    return (
      <Notice title="You have not ordered anything yet." action={<Link to="/">See what fits you</Link>}>
        Every order will stand here, newest first.
      </Notice>
    );
  }
  return (
    <div className={styles.orders}>
      {edges.map(({ node }) => (
        <OrderSummary key={node.id} order={node} />
      ))}
      {pageInfo.hasNextPage && first < 100 && (
        <Button onClick={() => setFirst(Math.min(100, first * 2))}>Show earlier orders</Button>
      )}
    </div>
  );
}
