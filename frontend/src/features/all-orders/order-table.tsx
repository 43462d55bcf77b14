import { Button, NativeSelect, Table, TextInput } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { type FragmentType, readFragment } from '~/gql';
import { AllOrdersDocument, OrderRowFragmentDoc } from '~/gql/graphql';
import { useGraphql } from '~/shared/api/hooks';
import { formatMoney } from '~/shared/lib/money';
import { exactTime, relativeTime } from '~/shared/lib/time';
import { useKept } from '~/shared/lib/use-kept';
import filters from '~/shared/ui/filters.module.css';
import { Notice } from '~/shared/ui/notice';
import { Panel } from '~/shared/ui/panel';
import { Skeleton } from '~/shared/ui/skeleton';
import { StateDot } from '~/shared/ui/state-dot';
import styles from './all-orders.module.css';
import { Buyer } from './buyer';
import { type OrderSearch, orderFilter, readOrderSearch } from './order-search';

/** The orders of all customers, with filter and order in the address. */
export function OrderTable({ search, onChange }: { search: OrderSearch; onChange(next: OrderSearch): void }) {
  const [after, setAfter] = useState<string[]>([]);
  const { data, error } = useGraphql(AllOrdersDocument, {
    filter: orderFilter(search),
    sort: search.sort ?? 'NEWEST',
    first: 25,
    after: after.at(-1),
  });
  const orders = useKept(data?.orders);
  const change = (next: Record<string, unknown>) => {
    setAfter([]);
    onChange(readOrderSearch({ ...search, ...next }));
  };
  return (
    <>
      <Filters search={search} onChange={change} />
      {error && (
        <Notice tone="failed" title="The orders cannot be listed now.">
          {error.message}
        </Notice>
      )}
      {!orders && !error && <Skeleton height="24rem" radius="var(--radius-card)" />}
      {orders?.edges.length === 0 && (
        <Notice title={Object.keys(search).length > 0 ? 'Nothing fits.' : 'Nobody has ordered here yet.'}>
          {Object.keys(search).length > 0
            ? 'Take a filter away.'
            : 'Orders placed in the shop, or with orderCreate, stand here. Purchases reported from elsewhere are in the history of their customers.'}
        </Notice>
      )}
      {orders && orders.edges.length > 0 && (
        <Panel title="Orders">
          <Rows rows={orders.edges.map(({ node }) => node)} />
          <div className={styles.buttons}>
            <Button variant="default" disabled={after.length === 0} onClick={() => setAfter(after.slice(0, -1))}>
              Back
            </Button>
            <Button
              variant="default"
              disabled={!orders.pageInfo.hasNextPage}
              onClick={() => orders.pageInfo.endCursor && setAfter([...after, orders.pageInfo.endCursor])}
            >
              Next
            </Button>
          </div>
        </Panel>
      )}
    </>
  );
}

function Filters({ search, onChange }: { search: OrderSearch; onChange(next: Record<string, unknown>): void }) {
  return (
    <div className={filters.bar}>
      <NativeSelect
        label="State"
        value={search.state ?? ''}
        onChange={(event) => onChange({ state: event.currentTarget.value })}
        data={[
          { value: '', label: 'All' },
          { value: 'PLACED', label: 'Placed' },
          { value: 'CANCELLED', label: 'Cancelled' },
        ]}
      />
      <TextInput
        type="date"
        label="From"
        value={search.from ?? ''}
        onChange={(event) => onChange({ from: event.currentTarget.value })}
      />
      <TextInput
        type="date"
        label="To"
        value={search.to ?? ''}
        onChange={(event) => onChange({ to: event.currentTarget.value })}
      />
      <NativeSelect
        label="Order"
        value={search.sort ?? 'NEWEST'}
        onChange={(event) => onChange({ sort: event.currentTarget.value })}
        data={[
          { value: 'NEWEST', label: 'Newest' },
          { value: 'OLDEST', label: 'Oldest' },
        ]}
      />
      {search.customer && (
        <Button variant="default" onClick={() => onChange({ customer: undefined })}>
          Of all customers
        </Button>
      )}
    </div>
  );
}

function Rows({ rows }: { rows: FragmentType<typeof OrderRowFragmentDoc>[] }) {
  const now = new Date();
  return (
    <Table.ScrollContainer minWidth={680}>
      <Table>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>Order</Table.Th>
            <Table.Th>Placed</Table.Th>
            <Table.Th>Customer</Table.Th>
            <Table.Th>State</Table.Th>
            <Table.Th className={styles.number}>Pieces</Table.Th>
            <Table.Th className={styles.number}>Total</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {rows.map((masked) => {
            const row = readFragment(OrderRowFragmentDoc, masked);
            return (
              <Table.Tr key={row.id}>
                <Table.Td>
                  <Link to="/orders/$number" params={{ number: row.number }} className={styles.code}>
                    {row.number.slice(-8)}
                  </Link>
                </Table.Td>
                <Table.Td title={exactTime(row.placedAt)}>{relativeTime(row.placedAt, now)}</Table.Td>
                <Table.Td>
                  <Buyer customer={row.customer} />
                </Table.Td>
                <Table.Td>
                  <OrderStateDot state={row.state} />
                </Table.Td>
                <Table.Td className={styles.number}>
                  {row.lines.reduce((sum, { quantity }) => sum + quantity, 0).toLocaleString('en')}
                </Table.Td>
                <Table.Td className={styles.number}>{formatMoney(row.total)}</Table.Td>
              </Table.Tr>
            );
          })}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}

/** Whether an order stands. */
export function OrderStateDot({ state }: { state: 'PLACED' | 'CANCELLED' }) {
  return state === 'PLACED' ? <StateDot tone="good">Placed</StateDot> : <StateDot tone="quiet">Cancelled</StateDot>;
}
