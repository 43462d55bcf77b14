import { useNavigate, useSearch } from '@tanstack/react-router';
import { customerFilter, readCustomerSearch } from '~/features/customers/customer-search';
import { CustomerTable } from '~/features/customers/customer-table';
import { CustomerListDocument } from '~/gql/graphql';
import { usePageTitle } from '~/shared/lib/page-title';
import { QueryLink } from '~/shared/ui/query-link';
import styles from './page.module.css';

/** All customers, to be found by name, email or the shop's own id. */
export function CustomersPage() {
  usePageTitle('Customers', 'console');
  const search = readCustomerSearch(useSearch({ strict: false }));
  const go = useNavigate();
  return (
    <div className={styles.page}>
      <div className={styles.head}>
        <h1>Customers</h1>
        <QueryLink
          document={CustomerListDocument}
          variables={{ query: search.q, filter: customerFilter(search), sort: search.sort ?? 'NEWEST', first: 25 }}
        />
      </div>
      <CustomerTable search={search} onChange={(next) => void go({ to: '/customers', search: next as never })} />
    </div>
  );
}
