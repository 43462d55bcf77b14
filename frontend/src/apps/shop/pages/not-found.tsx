import { Link } from '@tanstack/react-router';
import type { RecommendationFilter } from '~/gql/graphql';
import { usePageTitle } from '~/shared/lib/page-title';
import { ShopShelf } from '../shop-shelf';
import styles from './page.module.css';

const bestSellers: RecommendationFilter = { sources: ['BEST_SELLERS'] };

/** An address that leads nowhere, and what sells instead. */
export function NotFoundPage() {
  usePageTitle('Not found');
  return (
    <>
      <h1 className={styles.title}>There is no such page</h1>
      <p className={styles.lead}>
        The address may be mistyped, or what it led to is no longer on offer.{' '}
        <Link to="/">Go to the front of the shop</Link>
      </p>
      <div className={styles.below}>
        <ShopShelf title="Best-sellers" why="What sells most here" placement="home" filter={bestSellers} />
      </div>
    </>
  );
}
