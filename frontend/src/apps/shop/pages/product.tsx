import { useParams } from '@tanstack/react-router';
import { BuyButtons } from '~/features/cart/buy-buttons';
import { ProductFacts } from '~/features/product/product-facts';
import { PageProducts } from '~/features/shelf/page-products';
import { ShopShelf } from '../shop-shelf';
import { NotFoundPage } from './not-found';
import styles from './page.module.css';

/** One product, and what goes with it: at most four rows. */
export function ProductPage() {
  const { sku = '' } = useParams({ strict: false });
  const about = { placement: 'product', products: [sku] };
  return (
    <PageProducts key={sku}>
      <div className={styles.rows}>
        <ProductFacts
          sku={sku}
          missing={<NotFoundPage />}
          buy={(product) => <BuyButtons product={product} size="medium" />}
        >
          {(facts) => (
            <>
              <ShopShelf
                title="Bought together"
                {...about}
                filter={{ sources: ['BOUGHT_WITH'] }}
                place={0}
                count={12}
              />
              <ShopShelf title="Customers also liked" {...about} filter={{ sources: ['SIMILAR'] }} place={1} />
              {facts.vendor && (
                <ShopShelf
                  title={`More from ${facts.vendor.name}`}
                  {...about}
                  filter={{ sources: ['SAME_VENDOR'] }}
                  place={2}
                />
              )}
              {facts.category && (
                <ShopShelf
                  title={`Best-sellers in ${facts.category.name}`}
                  {...about}
                  filter={{ sources: ['BEST_SELLERS'] }}
                  place={3}
                />
              )}
            </>
          )}
        </ProductFacts>
      </div>
    </PageProducts>
  );
}
