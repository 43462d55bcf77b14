import { Table } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { type FragmentType, readFragment } from '~/gql';
import { EventRowFragmentDoc } from '~/gql/graphql';
import { exactTime, relativeTime } from '~/shared/lib/time';
import styles from './events.module.css';
import { type EventsSearch, typeWord } from './events-search';

export type Row = FragmentType<typeof EventRowFragmentDoc>;

/** Events as rows; choosing one shows its way. */
export function EventRows({ rows, search, now }: { rows: readonly Row[]; search: EventsSearch; now: Date }) {
  return (
    <Table.ScrollContainer minWidth={720} scrollAreaProps={{ viewportProps: { tabIndex: 0 } }}>
      <Table>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>When</Table.Th>
            <Table.Th>What</Table.Th>
            <Table.Th>About</Table.Th>
            <Table.Th>Who</Table.Th>
            <Table.Th>Told by</Table.Th>
            <Table.Th className={styles.number}>Position</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {rows.map((masked) => {
            const row = readFragment(EventRowFragmentDoc, masked);
            return (
              <Table.Tr key={row.id}>
                <Table.Td>
                  <time dateTime={row.occurredAt} title={exactTime(row.occurredAt)}>
                    {relativeTime(row.occurredAt, now)}
                  </time>
                </Table.Td>
                <Table.Td>
                  <Link to={'/events' as never} search={{ ...search, event: row.id } as never}>
                    {typeWord(row.type)}
                  </Link>
                </Table.Td>
                <Table.Td>{row.product?.name ?? row.query ?? row.sku ?? '–'}</Table.Td>
                <Table.Td>
                  {row.user ? (
                    <Link to={'/events' as never} search={{ user: row.user } as never}>
                      {row.customer?.name || row.customer?.externalId || `Visitor ${row.user.slice(-6)}`}
                    </Link>
                  ) : (
                    '–'
                  )}
                </Table.Td>
                <Table.Td>{row.source || '–'}</Table.Td>
                <Table.Td className={styles.number}>{row.position?.toLocaleString('en') ?? 'on its way'}</Table.Td>
              </Table.Tr>
            );
          })}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}
