import { Button, Modal, Table } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { type FragmentType, readFragment } from '~/gql';
import {
  OneOfAllOrdersDocument,
  OrderCancelAnyDocument,
  OrderLinesFragmentDoc,
  OrderRowFragmentDoc,
} from '~/gql/graphql';
import { useCommand, useGraphql } from '~/shared/api/hooks';
import { addressLine } from '~/shared/lib/address';
import { formatMoney } from '~/shared/lib/money';
import { exactTime } from '~/shared/lib/time';
import { Notice } from '~/shared/ui/notice';
import { Panel } from '~/shared/ui/panel';
import { Picture } from '~/shared/ui/picture';
import { Skeleton } from '~/shared/ui/skeleton';
import { useToast } from '~/shared/ui/toast';
import styles from './all-orders.module.css';
import { Buyer } from './buyer';
import { OrderStateDot } from './order-table';

/** One order: who, what, which recommendation led to it, and cancelling it. */
export function OrderDetail({ number }: { number: string }) {
  const { data, error, isPending, refresh } = useGraphql(OneOfAllOrdersDocument, { number });
  const [isAsking, ask] = useState(false);
  if (isPending) return <Skeleton height="20rem" radius="var(--radius-card)" />;
  if (error) {
    return (
      <Notice tone="failed" title="This order cannot be shown now.">
        {error.message}
      </Notice>
    );
  }
  if (!data.order) {
    return (
      <Notice title="There is no such order.">Its customer may have been forgotten, and the order with them.</Notice>
    );
  }
  const order = readFragment(OrderRowFragmentDoc, data.order);
  return (
    <>
      <Panel
        title={`Order ${number.slice(-8)}`}
        aside={
          data.order.cancellable && (
            <Button variant="default" className={styles.danger} onClick={() => ask(true)}>
              Cancel this order
            </Button>
          )
        }
      >
        <dl className={styles.facts}>
          <div>
            <dt>Customer</dt>
            <dd>
              <Buyer customer={order.customer} />
            </dd>
          </div>
          <div>
            <dt>Placed</dt>
            <dd>{exactTime(order.placedAt)}</dd>
          </div>
          {data.order.delivery && (
            <div>
              <dt>Delivery</dt>
              <dd>{addressLine(data.order.delivery)}</dd>
            </div>
          )}
          <div>
            <dt>State</dt>
            <dd>
              <OrderStateDot state={order.state} />
              {order.cancelledAt && <span className={styles.quiet}> {exactTime(order.cancelledAt)}</span>}
            </dd>
          </div>
          <div>
            <dt>Total</dt>
            <dd>{formatMoney(order.total)}</dd>
          </div>
          <div>
            <dt>Number</dt>
            <dd>
              <code>{number}</code>
            </dd>
          </div>
        </dl>
        <Lines order={data.order} />
      </Panel>
      {isAsking && (
        <CancelDialog
          id={data.order.id}
          number={number}
          onClose={() => ask(false)}
          onDone={() => {
            ask(false);
            refresh();
          }}
        />
      )}
    </>
  );
}

function Lines({ order }: { order: FragmentType<typeof OrderLinesFragmentDoc> }) {
  const { lines } = readFragment(OrderLinesFragmentDoc, order);
  return (
    <Table.ScrollContainer minWidth={680}>
      <Table>
        <Table.Thead>
          <Table.Tr>
            <Table.Th colSpan={2}>Product</Table.Th>
            <Table.Th className={styles.number}>Pieces</Table.Th>
            <Table.Th className={styles.number}>Each</Table.Th>
            <Table.Th className={styles.number}>Total</Table.Th>
            <Table.Th className={styles.number}>In stock now</Table.Th>
            <Table.Th>Recommendation</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {lines.map((line) => (
            <Table.Tr key={line.sku}>
              <Table.Td className={styles.picture}>
                <Picture src={line.product?.image} />
              </Table.Td>
              <Table.Td>
                {line.product ? (
                  <Link to="/products/$sku" params={{ sku: line.sku }}>
                    {line.product.name}
                  </Link>
                ) : (
                  <>{line.sku}, no longer on offer</>
                )}
              </Table.Td>
              <Table.Td className={styles.number}>{line.quantity.toLocaleString('en')}</Table.Td>
              <Table.Td className={styles.number}>{formatMoney(line.price)}</Table.Td>
              <Table.Td className={styles.number}>{formatMoney(line.total)}</Table.Td>
              <Table.Td className={styles.number}>{line.product?.stock.toLocaleString('en') ?? '–'}</Table.Td>
              <Table.Td>{line.recommendationId ? <code>{line.recommendationId.slice(0, 12)}</code> : 'none'}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}

function CancelDialog({
  id,
  number,
  onClose,
  onDone,
}: {
  id: string;
  number: string;
  onClose(): void;
  onDone(): void;
}) {
  const cancel = useCommand(OrderCancelAnyDocument);
  const say = useToast();
  const [isBusy, setBusy] = useState(false);
  const [wrong, setWrong] = useState<string>();
  const run = async () => {
    setBusy(true);
    const { data, error } = await cancel({ input: { id } });
    setBusy(false);
    const failure = error?.message ?? data?.orderCancel.userErrors[0]?.message;
    if (failure) return setWrong(failure);
    say('The order is cancelled, and the pieces are back in stock.');
    onDone();
  };
  return (
    <Modal opened onClose={onClose} title={`Cancel order ${number.slice(-8)}?`}>
      <div className={styles.dialog}>
        <p>
          The pieces go back into stock, and the customer’s taste and your figures forget it. This cannot be undone.
        </p>
        {wrong && (
          <Notice tone="failed" title="Nothing was cancelled.">
            {wrong}
          </Notice>
        )}
        <div className={styles.buttons}>
          <Button variant="default" onClick={onClose} data-autofocus>
            Keep the order
          </Button>
          <Button color="red" loading={isBusy} onClick={run}>
            Cancel the order
          </Button>
        </div>
      </div>
    </Modal>
  );
}
