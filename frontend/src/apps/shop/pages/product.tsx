import { useParams } from '@tanstack/react-router';
import { BuyButtons } from '~/features/cart/buy-buttons';
import { ProductFacts } from '~/features/product/product-facts';
import { PageProducts } from '~/features/shelf/page-products';
import type { RecommendationSource } from '~/gql/graphql';
import { ShopShelf } from '../shop-shelf';
import { NotFoundPage } from './not-found';
import styles from './page.module.css';

/** One product, and what goes with it: at most four rows. */
export function ProductPage() {
  const { sku = '' } = useParams({ strict: false });
  return (
    <PageProducts key={sku}>
      <div className={styles.rows}>
        <ProductFacts
          sku={sku}
          missing={<NotFoundPage />}
          buy={(product) => <BuyButtons product={product} size="medium" />}
        >
          {({ vendor, category }) =>
            rowsOf(vendor?.name, category?.name).map(({ title, source }, place) => (
              <ShopShelf
                key={source}
                title={title}
                placement="product"
                products={[sku]}
                filter={{ sources: [source] }}
                place={place}
              />
            ))
          }
        </ProductFacts>
      </div>
    </PageProducts>
  );
}

/** The rows below a product, as far as it has a vendor and a category. */
function rowsOf(vendor: string | undefined, category: string | undefined) {
  const rows: { title: string; source: RecommendationSource }[] = [
    { title: 'Bought together', source: 'BOUGHT_WITH' },
    { title: 'Customers also liked', source: 'SIMILAR' },
  ];
  if (vendor) rows.push({ title: `More from ${vendor}`, source: 'SAME_VENDOR' });
  if (category) rows.push({ title: `Best-sellers in ${category}`, source: 'BEST_SELLERS' });
  return rows;
}
