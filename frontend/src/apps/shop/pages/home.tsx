import { PageProducts } from '~/features/shelf/page-products';
import type { RecommendationFilter } from '~/gql/graphql';
import { usePageTitle } from '~/shared/lib/page-title';
import { ShopShelf } from '../shop-shelf';
import styles from './page.module.css';

const lookedAt: RecommendationFilter = { sources: ['RECENTLY_SEEN'] };
const bestSellers: RecommendationFilter = { sources: ['BEST_SELLERS'] };
const trending: RecommendationFilter = { sources: ['TRENDING'] };
const newest: RecommendationFilter = { sources: ['NEWEST'] };

/** The front of the shop: what fits the visitor first, what they buy again, then what sells, what rises and what is new. */
export function HomePage() {
  usePageTitle();
  return (
    <PageProducts rows={6}>
      <h1 className="visually-hidden">Home</h1>
      <div className={styles.rows}>
        <ShopShelf
          title="For you"
          why="What others choose, until the shop knows you better"
          placement="home"
          isLive
          isFirst
          place={0}
        />
        <ShopShelf
          title="Buy again"
          why="What you buy, what is due first"
          placement="buy-again"
          isLive
          least={2}
          place={1}
          count={12}
        />
        <ShopShelf
          title="Take another look"
          why="What you looked at lately"
          placement="home"
          filter={lookedAt}
          place={2}
          count={12}
        />
        <ShopShelf title="Best-sellers" why="What sells most here" placement="home" filter={bestSellers} place={3} />
        <ShopShelf
          title="On the rise"
          why="Bought more often than it used to be"
          placement="home"
          filter={trending}
          place={4}
        />
        <ShopShelf title="New in the shop" why="What came last" placement="home" filter={newest} place={5} />
      </div>
    </PageProducts>
  );
}
