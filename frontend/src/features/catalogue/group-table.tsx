import { Button, Table } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { CSSProperties } from 'react';
import { drawingOf, Picture } from '~/shared/ui/picture';
import styles from './catalogue.module.css';
import { asTree, type Group, type Kind, parentOf } from './group';

/** Vendors or categories: what each is called, its products, what sells best there. */
export function GroupTable({
  kind,
  groups,
  onEdit,
  onDelete,
}: {
  kind: Kind;
  groups: Group[];
  onEdit(group: Group): void;
  onDelete(group: Group): void;
}) {
  return (
    <Table.ScrollContainer minWidth={680}>
      <Table>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>Name</Table.Th>
            <Table.Th className={styles.number}>On offer</Table.Th>
            <Table.Th className={styles.number}>All products</Table.Th>
            <Table.Th>Sells best</Table.Th>
            <Table.Th>
              <span className="visually-hidden">What can be done</span>
            </Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {asTree(groups).map(({ group, depth }) => (
            <Table.Tr key={group.slug}>
              <Table.Td>
                <div className={styles.branch} style={{ '--depth': depth } as CSSProperties}>
                  <strong>{group.name}</strong>
                  <span className={styles.quiet}>
                    <code>{group.slug}</code>
                    {depth === 0 && parentOf(group) && `, below ${parentOf(group)?.name}`}
                  </span>
                </div>
              </Table.Td>
              <Table.Td className={styles.number}>
                <Products kind={kind} group={group} count={group.productCount} status="ACTIVE" />
              </Table.Td>
              <Table.Td className={styles.number}>
                <Products kind={kind} group={group} count={group.every.totalCount} />
              </Table.Td>
              <Table.Td>
                <BestSellers group={group} />
              </Table.Td>
              <Table.Td>
                <div className={styles.actions}>
                  <Button variant="default" size="xs" aria-label={`Edit ${group.name}`} onClick={() => onEdit(group)}>
                    Edit
                  </Button>
                  <Button
                    variant="default"
                    size="xs"
                    aria-label={`Delete ${group.name}`}
                    onClick={() => onDelete(group)}
                  >
                    Delete
                  </Button>
                </div>
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}

/** How many products a group has, and the way to them. */
function Products({ kind, group, count, status }: { kind: Kind; group: Group; count: number; status?: 'ACTIVE' }) {
  if (count === 0) return <>0</>;
  return (
    <Link
      to="/products"
      search={{ [kind]: group.slug, status } as never}
      aria-label={`${status ? 'On offer' : 'All products'} of ${group.name}: ${count}`}
    >
      {count.toLocaleString('en')}
    </Link>
  );
}

function BestSellers({ group }: { group: Group }) {
  if (group.best.edges.length === 0) return <>–</>;
  return (
    <ul className={styles.best}>
      {group.best.edges.map(({ node }) => (
        <li key={node.sku}>
          <Link to="/products/$sku" params={{ sku: node.sku }} title={node.name}>
            <Picture src={node.image} fallback={drawingOf(node.sku)} alt={node.name} />
          </Link>
        </li>
      ))}
    </ul>
  );
}
