import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { BuyButtons } from '~/features/cart/buy-buttons';
import { CategoryHead } from '~/features/search/category-head';
import { Listing } from '~/features/search/listing';
import { readListingSearch } from '~/shared/lib/listing-search';
import { ShopShelf } from '../shop-shelf';
import { NotFoundPage } from './not-found';
import styles from './page.module.css';

/** A category: what sells best in it, then all of it. */
export function CategoryPage() {
  const { slug = '' } = useParams({ strict: false });
  const search = readListingSearch(useSearch({ strict: false }));
  const go = useNavigate();
  const isNarrowed = Object.keys(search).length > 0;
  return (
    <CategoryHead slug={slug} missing={<NotFoundPage />}>
      <div className={styles.rows}>
        {!isNarrowed && (
          <ShopShelf
            key={slug}
            title="Best-sellers here"
            why="What sells most of these"
            placement="category"
            filter={{ categories: [slug], sources: ['BEST_SELLERS'] }}
            count={12}
          />
        )}
        <Listing
          key={slug}
          search={search}
          within={{ categories: [slug] }}
          onChange={(change) =>
            void go({ to: '/category/$slug', params: { slug }, search: { ...search, ...change }, resetScroll: false })
          }
          actions={(product) => <BuyButtons product={product} />}
        />
      </div>
      <p>
        <Link to="/search">All products</Link>
      </p>
    </CategoryHead>
  );
}
