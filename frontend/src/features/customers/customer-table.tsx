import { Button, NativeSelect, Table, TextInput } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { CustomerFindDocument, CustomerListDocument, type CustomerListQuery } from '~/gql/graphql';
import { useGraphql } from '~/shared/api/hooks';
import { exactTime, relativeTime } from '~/shared/lib/time';
import { useKept } from '~/shared/lib/use-kept';
import filters from '~/shared/ui/filters.module.css';
import { Notice } from '~/shared/ui/notice';
import { Panel } from '~/shared/ui/panel';
import { Skeleton } from '~/shared/ui/skeleton';
import { type CustomerSearch, customerFilter, readCustomerSearch } from './customer-search';
import styles from './customers.module.css';

/** The customers, found by the beginnings of words, with search, filter and order in the address. */
export function CustomerTable({ search, onChange }: { search: CustomerSearch; onChange(next: CustomerSearch): void }) {
  const [after, setAfter] = useState<string[]>([]);
  const { data, error } = useGraphql(CustomerListDocument, {
    query: search.q,
    filter: customerFilter(search),
    sort: search.sort ?? 'NEWEST',
    first: 25,
    after: after.at(-1),
  });
  const customers = useKept(data?.customers);
  const change = (next: Record<string, unknown>) => {
    setAfter([]);
    onChange(readCustomerSearch({ ...search, ...next }));
  };
  return (
    <>
      <Filters search={search} onChange={change} />
      {error && (
        <Notice tone="failed" title="The customers cannot be listed now.">
          {error.message}
        </Notice>
      )}
      {!customers && !error && <Skeleton height="24rem" radius="var(--radius-card)" />}
      {customers?.edges.length === 0 && <Nobody q={search.q} />}
      {customers && customers.edges.length > 0 && (
        <Panel
          title={customers.totalCount === 1 ? 'One customer' : `${customers.totalCount.toLocaleString('en')} customers`}
        >
          <Rows rows={customers.edges.map(({ node }) => node)} />
          <div className={styles.buttons}>
            <Button variant="default" disabled={after.length === 0} onClick={() => setAfter(after.slice(0, -1))}>
              Back
            </Button>
            <Button
              variant="default"
              disabled={!customers.pageInfo.hasNextPage}
              onClick={() => customers.pageInfo.endCursor && setAfter([...after, customers.pageInfo.endCursor])}
            >
              Next
            </Button>
          </div>
        </Panel>
      )}
    </>
  );
}

/** Nobody of that name; perhaps the shop's own id of one whom only events have named. */
function Nobody({ q }: { q: string | undefined }) {
  const { data } = useGraphql(CustomerFindDocument, { externalId: q ?? '' }, { pause: !q });
  if (data?.customer) {
    return (
      <Notice
        title={`${q} is known from events only.`}
        action={
          <Link to="/customers/$id" params={{ id: data.customer.id }}>
            Show what they did
          </Link>
        }
      >
        Nobody has given them a name or an email yet.
      </Notice>
    );
  }
  return (
    <Notice title="Nobody fits.">
      {q
        ? 'Names, emails and your shop’s own ids are searched by the beginnings of their words.'
        : 'Customers stand here once they sign up, are imported with `also import customers`, or are created through the API.'}
    </Notice>
  );
}

function Filters({ search, onChange }: { search: CustomerSearch; onChange(next: Record<string, unknown>): void }) {
  return (
    <form
      className={filters.bar}
      onSubmit={(event) => {
        event.preventDefault();
        onChange({ q: String(new FormData(event.currentTarget).get('q') ?? '').trim() });
      }}
    >
      <TextInput key={search.q} name="q" label="Name, email or id" type="search" defaultValue={search.q} />
      <NativeSelect
        label="Account"
        value={search.account ?? ''}
        onChange={(event) => onChange({ account: event.currentTarget.value })}
        data={[
          { value: '', label: 'All' },
          { value: 'yes', label: 'Can sign in' },
          { value: 'no', label: 'Named by the shop' },
        ]}
      />
      <NativeSelect
        label="Order"
        value={search.sort ?? 'NEWEST'}
        onChange={(event) => onChange({ sort: event.currentTarget.value })}
        data={[
          { value: 'NEWEST', label: 'Newest' },
          { value: 'OLDEST', label: 'Oldest' },
          { value: 'NAME', label: 'Name' },
        ]}
      />
      <Button type="submit">Find</Button>
    </form>
  );
}

function Rows({ rows }: { rows: CustomerListQuery['customers']['edges'][number]['node'][] }) {
  const now = new Date();
  return (
    <Table.ScrollContainer minWidth={720}>
      <Table>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>Customer</Table.Th>
            <Table.Th>Email</Table.Th>
            <Table.Th>Your id</Table.Th>
            <Table.Th className={styles.number}>Orders</Table.Th>
            <Table.Th>Last seen</Table.Th>
            <Table.Th>Known since</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {rows.map((row) => (
            <Table.Tr key={row.id}>
              <Table.Td>
                <Link to="/customers/$id" params={{ id: row.id }}>
                  {row.name || row.email || row.externalId || 'Without a name'}
                </Link>
              </Table.Td>
              <Table.Td>{row.email ?? '–'}</Table.Td>
              <Table.Td>{row.externalId ? <code>{row.externalId}</code> : '–'}</Table.Td>
              <Table.Td className={styles.number}>{row.orderCount.toLocaleString('en')}</Table.Td>
              <Table.Td title={row.lastSeenAt ? exactTime(row.lastSeenAt) : undefined}>
                {row.lastSeenAt ? relativeTime(row.lastSeenAt, now) : '–'}
              </Table.Td>
              <Table.Td title={exactTime(row.createdAt)}>{relativeTime(row.createdAt, now)}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}
