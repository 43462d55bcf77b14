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
  title,
  missing,
  children,
}: {
  id: string;
  title: ReactNode;
  missing: ReactNode;
  children?: (skus: string[]) => ReactNode;
}) {
  const { data, error, isPending, refresh } = useGraphql(OrderDocument, { id });
  if (error?.code === 'BAD_USER_INPUT') return missing; // the address holds no id
  if (!data) {
    return (
      <>
        {title}
        {isPending && <Skeleton height="10rem" radius="var(--radius-card)" />}
        {error && (
          <Notice
            tone="failed"
            title="This order cannot be shown now."
            action={<Button onClick={refresh}>Try again</Button>}
          >
            {error.message}
          </Notice>
        )}
      </>
    );
  }
  const order = data.node?.__typename === 'Order' ? data.node : undefined;
  if (!order) return missing;
  return (
    <>
      {title}
      <OrderSummary order={order} />
      {children?.(order.lines.map(({ sku }) => sku))}
    </>
  );
}
