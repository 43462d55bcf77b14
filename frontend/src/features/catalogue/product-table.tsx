import { Button, NativeSelect, Table, TextInput } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { type FragmentType, readFragment } from '~/gql';
import { CatalogueProductsDocument, CatalogueRowFragmentDoc } from '~/gql/graphql';
import { useGraphql } from '~/shared/api/hooks';
import { formatMoney } from '~/shared/lib/money';
import { useKept } from '~/shared/lib/use-kept';
import filters from '~/shared/ui/filters.module.css';
import { Notice } from '~/shared/ui/notice';
import { Panel } from '~/shared/ui/panel';
import { drawingOf, Picture } from '~/shared/ui/picture';
import { Skeleton } from '~/shared/ui/skeleton';
import { StateDot } from '~/shared/ui/state-dot';
import styles from './catalogue.module.css';
import { type CatalogueSearch, catalogueVariables, readCatalogueSearch } from './catalogue-search';
import { ProductAdd } from './product-add';
import { parts, partWords, statuses, statusWord } from './product-status';

/** The products, all states, with search, filter and order in the address. */
export function ProductTable({
  search,
  onChange,
  onAdded,
}: {
  search: CatalogueSearch;
  onChange(next: CatalogueSearch): void;
  /** Called with the sku of a new product. */
  onAdded(sku: string): void;
}) {
  const [after, setAfter] = useState<string[]>([]);
  const { data, error } = useGraphql(CatalogueProductsDocument, { ...catalogueVariables(search), after: after.at(-1) });
  const products = useKept(data?.products);
  const change = (next: Record<string, unknown>) => {
    setAfter([]);
    onChange(readCatalogueSearch({ ...search, ...next }));
  };
  return (
    <>
      <Filters search={search} onChange={change} />
      {error && (
        <Notice tone="failed" title="The products cannot be listed now.">
          {error.message}
        </Notice>
      )}
      {!products && !error && <Skeleton height="24rem" radius="var(--radius-card)" />}
      {products && products.edges.length === 0 && (
        <Notice title="Nothing fits." action={<ProductAdd onAdded={onAdded} />}>
          Take a filter away, add a product, or import them with `also import products`.
        </Notice>
      )}
      {products && products.edges.length > 0 && (
        <Panel
          title={products.totalCount === 1 ? 'One product' : `${products.totalCount.toLocaleString('en')} products`}
          aside={<ProductAdd onAdded={onAdded} />}
        >
          <Rows rows={products.edges.map(({ node }) => node)} />
          <div className={styles.buttons}>
            <Button variant="default" disabled={after.length === 0} onClick={() => setAfter(after.slice(0, -1))}>
              Back
            </Button>
            <Button
              variant="default"
              disabled={!products.pageInfo.hasNextPage}
              onClick={() => products.pageInfo.endCursor && setAfter([...after, products.pageInfo.endCursor])}
            >
              Next
            </Button>
          </div>
        </Panel>
      )}
    </>
  );
}

function Filters({ search, onChange }: { search: CatalogueSearch; onChange(next: Record<string, unknown>): void }) {
  return (
    <form
      className={filters.bar}
      onSubmit={(event) => {
        event.preventDefault();
        onChange({ q: String(new FormData(event.currentTarget).get('q') ?? '').trim() });
      }}
    >
      <TextInput key={search.q} name="q" label="Search" type="search" defaultValue={search.q} />
      <NativeSelect
        label="State"
        value={search.status ?? ''}
        onChange={(event) => onChange({ status: event.currentTarget.value })}
        data={[{ value: '', label: 'All' }, ...statuses.map((value) => ({ value, label: statusWord(value).word }))]}
      />
      <NativeSelect
        label="Lacks"
        value={search.lacks ?? ''}
        onChange={(event) => onChange({ lacks: event.currentTarget.value })}
        data={[{ value: '', label: 'Show all' }, ...parts.map((value) => ({ value, label: partWords[value] }))]}
      />
      <NativeSelect
        label="Stock"
        value={String(search.stockBelow ?? '')}
        onChange={(event) => onChange({ stockBelow: event.currentTarget.value })}
        data={[{ value: '', label: 'All' }, ...stocks(search.stockBelow)]}
      />
      <Within label="Category" slug={search.category} onLeave={() => onChange({ category: undefined })} />
      <Within label="Vendor" slug={search.vendor} onLeave={() => onChange({ vendor: undefined })} />
      <NativeSelect
        label="Order"
        value={search.sort ?? 'NAME'}
        onChange={(event) => onChange({ sort: event.currentTarget.value })}
        data={[
          { value: 'NAME', label: 'Name' },
          { value: 'STOCK_ASC', label: 'Fewest left' },
          { value: 'NEWEST', label: 'Newest' },
          { value: 'BEST_SELLING', label: 'Best-selling' },
          { value: 'PRICE_ASC', label: 'Price, low to high' },
          { value: 'PRICE_DESC', label: 'Price, high to low' },
          { value: 'RELEVANCE', label: 'Best match' },
        ]}
      />
    </form>
  );
}

/** Bounds of the stock to choose from, and the one of the address. */
const stocks = (own = 1) =>
  [...new Set([1, 5, 20, own])]
    .sort((a, b) => a - b)
    .map((bound) => ({ value: String(bound), label: bound === 1 ? 'Sold out' : `Fewer than ${bound}` }));

/** A category or vendor that the table keeps to, and the way out of it. */
function Within({ label, slug, onLeave }: { label: string; slug: string | undefined; onLeave(): void }) {
  if (!slug) return null;
  return (
    <Button variant="default" onClick={onLeave} title={`Show every ${label.toLowerCase()}`}>
      {label}: {slug} ×
    </Button>
  );
}

function Rows({ rows }: { rows: FragmentType<typeof CatalogueRowFragmentDoc>[] }) {
  return (
    <Table.ScrollContainer minWidth={760}>
      <Table>
        <Table.Thead>
          <Table.Tr>
            <Table.Th colSpan={2}>Product</Table.Th>
            <Table.Th>State</Table.Th>
            <Table.Th>Made by</Table.Th>
            <Table.Th>Category</Table.Th>
            <Table.Th className={styles.number}>Price</Table.Th>
            <Table.Th className={styles.number}>Stock</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {rows.map((masked) => {
            const row = readFragment(CatalogueRowFragmentDoc, masked);
            const { word, tone } = statusWord(row.status);
            return (
              <Table.Tr key={row.sku}>
                <Table.Td className={styles.picture}>
                  <Picture src={row.image} fallback={drawingOf(row.sku)} />
                </Table.Td>
                <Table.Td>
                  <Link to="/products/$sku" params={{ sku: row.sku }}>
                    {row.name}
                  </Link>
                  <span className={styles.quiet}>
                    <code>{row.sku}</code>
                  </span>
                </Table.Td>
                <Table.Td>
                  <StateDot tone={tone}>{word}</StateDot>
                </Table.Td>
                <Table.Td>{row.vendor?.name ?? '–'}</Table.Td>
                <Table.Td>{row.categories[0]?.name ?? 'none'}</Table.Td>
                <Table.Td className={styles.number}>{row.price ? formatMoney(row.price) : '–'}</Table.Td>
                <Table.Td className={styles.number}>{row.stock.toLocaleString('en')}</Table.Td>
              </Table.Tr>
            );
          })}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}
