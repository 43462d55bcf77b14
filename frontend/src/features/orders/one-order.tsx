import type { ReactNode } from 'react';
import { OrderDocument } from '~/gql/graphql';
import { useGraphql } from '~/shared/api/hooks';
import { Button } from '~/shared/ui/button';
import { Notice } from '~/shared/ui/notice';
import { Skeleton } from '~/shared/ui/skeleton';
import { OrderSummary } from './order-summary';

/** One order by its id; below it what the page adds, which may want to know the skus. */
export function OneOrder({
  id,
  missing,
  children,
}: {
  id: string;
  missing: ReactNode;
  children?: (skus: string[]) => ReactNode;
}) {
  const { data, error, isPending, refresh } = useGraphql(OrderDocument, { id });
  if (isPending) return <Skeleton height="10rem" radius="var(--radius-card)" />;
  if (error) {
    return (
      <Notice
        tone="failed"
        title="This order cannot be shown now."
        action={<Button onClick={refresh}>Try again</Button>}
      >
        {error.message}
      </Notice>
    );
  }
  const order = data.node?.__typename === 'Order' ? data.node : undefined;
  if (!order) return missing;
  return (
    <>
      <OrderSummary order={order} />
      {children?.(order.lines.map(({ sku }) => sku))}
    </>
  );
}
