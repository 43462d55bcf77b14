import { Link, useNavigate, useParams } from '@tanstack/react-router';
import { ProductEditor } from '~/features/catalogue/product-editor';
import { CatalogueProductDocument } from '~/gql/graphql';
import { usePageTitle } from '~/shared/lib/page-title';
import { QueryLink } from '~/shared/ui/query-link';
import styles from './page.module.css';

/** One product of the catalogue. */
export function ProductPage() {
  const { sku = '' } = useParams({ strict: false });
  usePageTitle(sku, 'console');
  const go = useNavigate();
  return (
    <div className={styles.page}>
      <h1 className="visually-hidden">Product {sku}</h1>
      <div className={styles.head}>
        <Link to="/products">All products</Link>
        <QueryLink document={CatalogueProductDocument} variables={{ sku }} />
      </div>
      <ProductEditor key={sku} sku={sku} onDeleted={() => void go({ to: '/products' })} />
    </div>
  );
}
