import { useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { BuyButtons } from '~/features/cart/buy-buttons';
import { Listing } from '~/features/search/listing';
import { VendorHead } from '~/features/search/vendor-head';
import { readListingSearch } from '~/shared/lib/listing-search';
import { NotFoundPage } from './not-found';

/** A vendor: all it makes. */
export function VendorPage() {
  const { slug = '' } = useParams({ strict: false });
  const search = readListingSearch(useSearch({ strict: false }));
  const go = useNavigate();
  return (
    <VendorHead slug={slug} missing={<NotFoundPage />}>
      <Listing
        key={slug}
        search={search}
        within={{ vendors: [slug] }}
        onChange={(change) =>
          void go({ to: '/vendor/$slug', params: { slug }, search: { ...search, ...change }, resetScroll: false })
        }
        actions={(product) => <BuyButtons product={product} />}
      />
    </VendorHead>
  );
}
