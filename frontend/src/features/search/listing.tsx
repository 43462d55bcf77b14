import { type ReactNode, useState } from 'react';
import { type FragmentType, readFragment } from '~/gql';
import {
  ListingDocument,
  ListingFacetsFragmentDoc,
  type ProductCardFragmentDoc,
  type ProductFilter,
  type ProductSort,
} from '~/gql/graphql';
import { useGraphql } from '~/shared/api/hooks';
import { attributeFilter, type ListingSearch } from '~/shared/lib/listing-search';
import { useKept } from '~/shared/lib/use-kept';
import { Button } from '~/shared/ui/button';
import { Notice } from '~/shared/ui/notice';
import { ProductCard } from '~/shared/ui/product-card';
import { Skeleton } from '~/shared/ui/skeleton';
import { Chips } from './chips';
import { Facets } from './facets';
import styles from './listing.module.css';
import { NothingFound } from './nothing-found';

const pageSize = 24;

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
  actions?: (product: FragmentType<typeof ProductCardFragmentDoc>) => ReactNode;
}) {
  const [{ pages, of }, setPages] = useState({ pages: 1, of: search });
  const currency = 'EUR';
  const filter: ProductFilter = {
    categories: search.category ?? within?.categories,
    vendors: search.vendor ?? within?.vendors,
    priceMin: search.min ? { amount: search.min, currency } : undefined,
    priceMax: search.max ? { amount: search.max, currency } : undefined,
    inStock: search.stock,
    attributes: attributeFilter(search.attribute),
  };
  const { data, error, isPending, refresh } = useGraphql(ListingDocument, {
    query: search.q,
    filter,
    sort: search.sort ?? 'RELEVANCE',
    first: Math.min(100, (isSame(of, search) ? pages : 1) * pageSize),
  });

  const products = useKept(data?.products);
  if (error) {
    return (
      <Notice
        tone="failed"
        title="The products cannot be listed now."
        action={<Button onClick={refresh}>Try again</Button>}
      >
        {error.message}
      </Notice>
    );
  }
  const facets = products && readFragment(ListingFacetsFragmentDoc, products.facets);
  return (
    <div className={styles.listing}>
      <Facets facets={facets} search={search} within={within} onChange={onChange} />
      <div className={styles.results}>
        <div className={styles.head}>
          <p role="status">{products ? countText(products.totalCount) : 'Looking…'}</p>
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
        {products?.didYouMean && products.edges.length > 0 && (
          <p className={styles.quiet}>
            Showing results for <strong>{products.didYouMean}</strong>.
          </p>
        )}
        {!products && <ListingSkeleton />}
        {products && products.edges.length === 0 && (
          <NothingFound search={search} meant={products.didYouMean} onChange={onChange} actions={actions} />
        )}
        {products && products.edges.length > 0 && (
          <ul className={styles.grid} aria-busy={isPending || undefined}>
            {products.edges.map(({ node }, place) => (
              <li key={node.sku}>
                <ProductCard product={node} eager={place < 4}>
                  {actions?.(node)}
                </ProductCard>
              </li>
            ))}
          </ul>
        )}
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
