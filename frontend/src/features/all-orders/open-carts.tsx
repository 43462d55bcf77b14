import { Table } from '@mantine/core';
import { OpenCartsDocument } from '~/gql/graphql';
import { useGraphql } from '~/shared/api/hooks';
import { formatMoney } from '~/shared/lib/money';
import { exactTime, relativeTime } from '~/shared/lib/time';
import { Notice } from '~/shared/ui/notice';
import { Panel } from '~/shared/ui/panel';
import { Skeleton } from '~/shared/ui/skeleton';
import styles from './all-orders.module.css';
import { Buyer } from './buyer';

/** What shoppers mean to buy right now, the carts begun last first. */
export function OpenCarts() {
  const { data, error, isPending } = useGraphql(OpenCartsDocument, { first: 25 });
  if (isPending) return <Skeleton height="10rem" radius="var(--radius-card)" />;
  if (error) {
    return (
      <Notice tone="failed" title="The carts cannot be listed now.">
        {error.message}
      </Notice>
    );
  }
  const { totalCount, edges } = data.carts;
  if (edges.length === 0)
    return <Notice title="No cart is open.">What shoppers put into their carts stands here.</Notice>;
  const now = new Date();
  return (
    <Panel title={totalCount === 1 ? 'One open cart' : `${totalCount.toLocaleString('en')} open carts`}>
      <Table.ScrollContainer minWidth={560}>
        <Table>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>Whose</Table.Th>
              <Table.Th>What</Table.Th>
              <Table.Th>Since</Table.Th>
              <Table.Th className={styles.number}>Pieces</Table.Th>
              <Table.Th className={styles.number}>Total</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {edges.map(({ node }, row) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: a visitor's cart has no name, and rows do not move
              <Table.Tr key={row}>
                <Table.Td>
                  <Buyer customer={node.customer} />
                </Table.Td>
                <Table.Td>
                  {node.lines
                    .slice(0, 3)
                    .map(
                      ({ sku, quantity, product }) => `${quantity > 1 ? `${quantity} × ` : ''}${product?.name ?? sku}`,
                    )
                    .join(', ')}
                  {node.lines.length > 3 && ` and ${node.lines.length - 3} more`}
                </Table.Td>
                <Table.Td title={node.since ? exactTime(node.since) : undefined}>
                  {node.since ? relativeTime(node.since, now) : '–'}
                </Table.Td>
                <Table.Td className={styles.number}>{node.count.toLocaleString('en')}</Table.Td>
                <Table.Td className={styles.number}>{node.total ? formatMoney(node.total) : '–'}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
    </Panel>
  );
}
