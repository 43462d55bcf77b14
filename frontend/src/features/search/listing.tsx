import { type ReactNode, useDeferredValue, useState } from 'react';
import { type FragmentType, readFragment } from '~/gql';
import {
  ListingDocument,
  ListingFacetsFragmentDoc,
  type ListingQuery,
  type ProductCardFragmentDoc,
  type ProductFilter,
  type ProductSort,
} from '~/gql/graphql';
import { useGraphql } from '~/shared/api/hooks';
import type { ListingSearch } from '~/shared/lib/listing-search';
import { listingVariables } from '~/shared/lib/listing-variables';
import { useIdle } from '~/shared/lib/use-idle';
import { useKept } from '~/shared/lib/use-kept';
import { useMedia } from '~/shared/lib/use-media';
import { Button } from '~/shared/ui/button';
import { Notice } from '~/shared/ui/notice';
import { ProductCard } from '~/shared/ui/product-card';
import { Skeleton } from '~/shared/ui/skeleton';
import { Chips } from './chips';
import { Facets } from './facets';
import styles from './listing.module.css';
import { NothingFound } from './nothing-found';

type Edge = ListingQuery['products']['edges'][number];

/** Makes the buttons of a card. */
export type Actions = (product: FragmentType<typeof ProductCardFragmentDoc>) => ReactNode;

const sortNames: Record<Exclude<ProductSort, 'STOCK_ASC'>, string> = {
  RELEVANCE: 'Best match',
  BEST_SELLING: 'Best-selling',
  NEWEST: 'Newest',
  PRICE_ASC: 'Price, low to high',
  PRICE_DESC: 'Price, high to low',
  NAME: 'Name',
};

/** A list of products with its facets; what it shows is the address' to say. */
export function Listing({
  search,
  within,
  onChange,
  actions,
}: {
  search: ListingSearch;
  /** What every product of the page has, whatever is chosen: its category or vendor. */
  within?: Pick<ProductFilter, 'categories' | 'vendors'>;
  onChange(change: Partial<ListingSearch>): void;
  actions?: Actions;
}) {
  const [{ pages, of }, setPages] = useState({ pages: 1, of: search });
  const { data, error, isPending, refresh } = useGraphql(
    ListingDocument,
    listingVariables(search, within, isSame(of, search) ? pages : 1),
  );
  const kept = useKept(data?.products);
  const products = error ? undefined : kept;
  const facets = kept && readFragment(ListingFacetsFragmentDoc, kept.facets);
  return (
    <div className={styles.listing}>
      <Facets facets={facets} search={search} within={within} onChange={onChange} />
      <div className={styles.results}>
        <div className={styles.head}>
          <p role="status">{error ? '' : products ? countText(products.totalCount) : 'Looking…'}</p>
          <label className={styles.sort}>
            Sort by
            <select
              value={search.sort ?? 'RELEVANCE'}
              onChange={(event) => onChange({ sort: event.target.value as ProductSort })}
            >
              {Object.entries(sortNames).map(([value, name]) => (
                <option key={value} value={value}>
                  {name}
                </option>
              ))}
            </select>
          </label>
        </div>
        <Chips search={search} facets={facets} onChange={onChange} />
        {error && (
          <Notice
            tone="failed"
            title="The products cannot be listed now."
            action={<Button onClick={refresh}>Try again</Button>}
          >
            {error.message}
          </Notice>
        )}
        {products?.didYouMean && products.edges.length > 0 && (
          <p className={styles.quiet}>
            Showing results for <strong>{products.didYouMean}</strong>.
          </p>
        )}
        {!products && !error && <ListingSkeleton />}
        {products && products.edges.length === 0 && (
          <NothingFound search={search} meant={products.didYouMean} onChange={onChange} actions={actions} />
        )}
        {products && products.edges.length > 0 && <Grid edges={products.edges} isBusy={isPending} actions={actions} />}
        {products?.pageInfo.hasNextPage && products.edges.length < 100 && (
          <Button onClick={() => setPages({ pages: (isSame(of, search) ? pages : 1) + 1, of: search })}>
            Show more
          </Button>
        )}
        {products?.pageInfo.hasNextPage && products.edges.length >= 100 && (
          <p className={styles.quiet}>These are the first 100. Choose a filter to narrow the list.</p>
        )}
      </div>
    </div>
  );
}

/** The cards. What is out of sight when the list first shows comes a moment later. */
function Grid({ edges, isBusy, actions }: { edges: Edge[]; isBusy: boolean; actions?: Actions }) {
  const inSight = useMedia('(max-width: 40rem)') ? 4 : 8;
  const isIdle = useIdle(true);
  const drawn = useDeferredValue(isIdle ? edges : edges.slice(0, inSight));
  return (
    <ul className={styles.grid} aria-busy={isBusy || undefined}>
      {drawn.map(({ node }, place) => (
        <li key={node.sku}>
          <ProductCard product={node} eager={place < 4}>
            {actions?.(node)}
          </ProductCard>
        </li>
      ))}
    </ul>
  );
}

const isSame = (a: ListingSearch, b: ListingSearch) => JSON.stringify(a) === JSON.stringify(b);

function countText(count: number): string {
  return count === 1 ? '1 product' : `${count.toLocaleString('en')} products`;
}

function ListingSkeleton() {
  return (
    <ul className={styles.grid} aria-hidden>
      {Array.from({ length: 12 }, (_, place) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: places have nothing else to be known by
        <li key={place}>
          <span className={styles.placeholder}>
            <Skeleton height="auto" radius="var(--radius-card)" />
            <Skeleton width="85%" height="2.36rem" />
            <Skeleton width="45%" height="1.3rem" />
          </span>
        </li>
      ))}
    </ul>
  );
}
