import { useNavigate, useSearch } from '@tanstack/react-router';
import { useEffect } from 'react';
import { BuyButtons } from '~/features/cart/buy-buttons';
import { Listing } from '~/features/search/listing';
import { useRecord } from '~/shared/api/use-record';
import { readListingSearch } from '~/shared/lib/listing-search';
import { usePageTitle } from '~/shared/lib/page-title';
import styles from './page.module.css';

/** What was searched for. */
export function SearchPage() {
  const search = readListingSearch(useSearch({ strict: false }));
  const go = useNavigate();
  const record = useRecord();
  const { q } = search;
  usePageTitle(q || 'All products');
  useEffect(() => {
    if (q) void record([{ type: 'SEARCH', query: q }]);
  }, [q, record]);
  return (
    <>
      <h1 className={styles.title}>{q ? `“${q}”` : 'All products'}</h1>
      <Listing
        search={search}
        onChange={(change) => void go({ to: '/search', search: { ...search, ...change }, resetScroll: false })}
        actions={(product) => <BuyButtons product={product} />}
      />
    </>
  );
}
