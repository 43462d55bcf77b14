import { useNavigate, useSearch } from '@tanstack/react-router';
import { catalogueVariables, readCatalogueSearch } from '~/features/catalogue/catalogue-search';
import { ProductTable } from '~/features/catalogue/product-table';
import { CatalogueProductsDocument } from '~/gql/graphql';
import { usePageTitle } from '~/shared/lib/page-title';
import { QueryLink } from '~/shared/ui/query-link';
import styles from './page.module.css';

/** The catalogue: all products. */
export function ProductsPage() {
  usePageTitle('Products', 'console');
  const search = readCatalogueSearch(useSearch({ strict: false }));
  const go = useNavigate();
  return (
    <div className={styles.page}>
      <div className={styles.head}>
        <h1>Products</h1>
        <QueryLink document={CatalogueProductsDocument} variables={catalogueVariables(search)} />
      </div>
      <ProductTable
        search={search}
        onChange={(next) => void go({ to: '/products', search: next as never })}
        onAdded={(sku) => void go({ to: '/products/$sku', params: { sku } })}
      />
    </div>
  );
}
