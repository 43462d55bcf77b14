import { useNavigate, useSearch } from '@tanstack/react-router';
import { readCatalogueSearch } from '~/features/catalogue/catalogue-search';
import { ProductTable } from '~/features/catalogue/product-table';
import { usePageTitle } from '~/shared/lib/page-title';
import styles from './page.module.css';

/** The catalogue: all products. */
export function ProductsPage() {
  usePageTitle('Products · Also console');
  const search = readCatalogueSearch(useSearch({ strict: false }));
  const go = useNavigate();
  return (
    <div className={styles.page}>
      <h1>Products</h1>
      <ProductTable search={search} onChange={(next) => void go({ to: '/products', search: next as never })} />
    </div>
  );
}
