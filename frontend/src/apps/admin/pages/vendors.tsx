import { useNavigate, useSearch } from '@tanstack/react-router';
import { groupVariables, readGroupSearch } from '~/features/catalogue/group-search';
import { VendorList } from '~/features/catalogue/vendor-list';
import { CatalogueVendorsDocument } from '~/gql/graphql';
import { usePageTitle } from '~/shared/lib/page-title';
import { QueryLink } from '~/shared/ui/query-link';
import styles from './page.module.css';

/** Who makes or sells the products. */
export function VendorsPage() {
  usePageTitle('Vendors', 'console');
  const search = readGroupSearch(useSearch({ strict: false }));
  const go = useNavigate();
  return (
    <div className={styles.page}>
      <div className={styles.head}>
        <h1>Vendors</h1>
        <QueryLink document={CatalogueVendorsDocument} variables={groupVariables(search)} />
      </div>
      <VendorList search={search} onChange={(next) => void go({ to: '/vendors', search: next as never })} />
    </div>
  );
}
