import { useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { BuyButtons } from '~/features/cart/buy-buttons';
import { CategoryHead } from '~/features/search/category-head';
import { Listing } from '~/features/search/listing';
import { readListingSearch } from '~/shared/lib/listing-search';
import { NotFoundPage } from './not-found';

/** A category: what is within it, and all of it. */
export function CategoryPage() {
  const { slug = '' } = useParams({ strict: false });
  const search = readListingSearch(useSearch({ strict: false }));
  const go = useNavigate();
  return (
    <CategoryHead slug={slug} missing={<NotFoundPage />}>
      <Listing
        key={slug}
        search={search}
        within={{ categories: [slug] }}
        onChange={(change) =>
          void go({ to: '/category/$slug', params: { slug }, search: { ...search, ...change }, resetScroll: false })
        }
        actions={(product) => <BuyButtons product={product} />}
      />
    </CategoryHead>
  );
}
