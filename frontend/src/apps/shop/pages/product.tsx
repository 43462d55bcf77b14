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
    <PageProducts key={sku} rows={4}>
      <div className={styles.rows}>
        <ProductFacts
          sku={sku}
          missing={<NotFoundPage />}
          buy={(product) => <BuyButtons product={product} size="medium" />}
        >
          {({ vendor, category }) =>
            rowsOf(vendor?.name, category?.name).map(({ title, why, source }, place) => (
              <ShopShelf
                key={source}
                title={title}
                why={why}
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

/** The rows below a product: those of its vendor and its category are empty where it has none. */
function rowsOf(vendor = 'the same hands', category = 'the shop') {
  const rows: { title: string; why: string; source: RecommendationSource }[] = [
    { title: 'Bought together', why: 'In the same orders as this', source: 'BOUGHT_WITH' },
    { title: 'Customers also liked', why: 'Liked by those who like this', source: 'SIMILAR' },
    { title: `More from ${vendor}`, why: 'By the same maker', source: 'SAME_VENDOR' },
    { title: `Best-sellers in ${category}`, why: 'What sells most of its kind', source: 'BEST_SELLERS' },
  ];
  return rows;
}
