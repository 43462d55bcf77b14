import type { ReactNode } from 'react';
import { ListingVendorDocument } from '~/gql/graphql';
import { useGraphql } from '~/shared/api/hooks';
import { usePageTitle } from '~/shared/lib/page-title';
import { Skeleton } from '~/shared/ui/skeleton';
import styles from './head.module.css';

/** A vendor's name, above what it makes. */
export function VendorHead({ slug, missing, children }: { slug: string; missing: ReactNode; children: ReactNode }) {
  const { data, isPending } = useGraphql(ListingVendorDocument, { slug });
  const vendor = data?.vendor;
  usePageTitle(vendor?.name);
  if (!isPending && data && !vendor) return missing;
  return (
    <>
      <header className={styles.head}>
        <h1>{vendor?.name ?? <Skeleton width="12rem" />}</h1>
      </header>
      <div className={isPending ? styles.waiting : undefined}>{children}</div>
    </>
  );
}
