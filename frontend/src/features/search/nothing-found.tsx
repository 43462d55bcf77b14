import type { ReactNode } from 'react';
import type { FragmentType } from '~/gql';
import { NothingFoundDocument, type ProductCardFragmentDoc } from '~/gql/graphql';
import { useGraphql } from '~/shared/api/hooks';
import type { ListingSearch } from '~/shared/lib/listing-search';
import { Button } from '~/shared/ui/button';
import { Notice } from '~/shared/ui/notice';
import { ProductCard } from '~/shared/ui/product-card';
import { isFiltered, noFilters } from './chips';
import styles from './listing.module.css';

/** What a list without products says: what to change, and products that are there. */
export function NothingFound({
  search,
  meant,
  onChange,
  actions,
}: {
  search: ListingSearch;
  /** A text that finds some, if the server knows one. */
  meant: string | null | undefined;
  onChange(change: Partial<ListingSearch>): void;
  actions?: (product: FragmentType<typeof ProductCardFragmentDoc>) => ReactNode;
}) {
  const { data } = useGraphql(NothingFoundDocument, { query: search.q ?? '' });
  const found = data?.searchSuggestions.products ?? [];
  const instead = found.length > 0 ? found : (data?.products.edges.map(({ node }) => node) ?? []);
  return (
    <>
      <Notice
        title="Nothing fits."
        action={isFiltered(search) && <Button onClick={() => onChange(noFilters)}>Take all filters away</Button>}
      >
        {meant && (
          <p>
            Did you mean{' '}
            <button type="button" className={styles.more} onClick={() => onChange({ q: meant })}>
              {meant}
            </button>
            ?
          </p>
        )}
        {search.q ? 'Check the spelling, use fewer words, or take a filter away.' : 'Take a filter away to see more.'}
      </Notice>
      {instead.length > 0 && (
        <section className={styles.instead} aria-labelledby="instead">
          <h2 id="instead">{found.length > 0 ? 'Without the filters' : 'Best-selling instead'}</h2>
          <ul className={styles.grid}>
            {instead.map((product) => (
              <li key={product.sku}>
                <ProductCard product={product}>{actions?.(product)}</ProductCard>
              </li>
            ))}
          </ul>
        </section>
      )}
    </>
  );
}
