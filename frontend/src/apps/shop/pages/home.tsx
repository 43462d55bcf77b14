import { PageProducts } from '~/features/shelf/page-products';
import { usePageTitle } from '~/shared/lib/page-title';
import { ShopShelf } from '../shop-shelf';
import styles from './page.module.css';

/** The front of the shop: what fits the visitor first, then what sells, what rises and what is new. */
export function HomePage() {
  usePageTitle('Also');
  return (
    <PageProducts>
      <h1 className="visually-hidden">Home</h1>
      <div className={styles.rows}>
        <ShopShelf title="For you" placement="home" isLive showFreshness place={0} />
        <ShopShelf
          title="Take another look"
          placement="home"
          filter={{ sources: ['RECENTLY_SEEN'] }}
          place={1}
          count={12}
        />
        <ShopShelf title="Best-sellers" placement="home" filter={{ sources: ['BEST_SELLERS'] }} place={2} />
        <ShopShelf title="On the rise" placement="home" filter={{ sources: ['TRENDING'] }} place={3} />
        <ShopShelf title="New in the shop" placement="home" filter={{ sources: ['NEWEST'] }} place={4} />
      </div>
    </PageProducts>
  );
}
