import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { ListingCategoryDocument } from '~/gql/graphql';
import { useGraphql } from '~/shared/api/hooks';
import { usePageTitle } from '~/shared/lib/page-title';
import { Skeleton } from '~/shared/ui/skeleton';
import styles from './head.module.css';

/** A category's name and its place in the tree, above what it holds. */
export function CategoryHead({ slug, missing, children }: { slug: string; missing: ReactNode; children: ReactNode }) {
  const { data, isPending } = useGraphql(ListingCategoryDocument, { slug });
  const category = data?.category;
  usePageTitle(category?.name);
  if (!isPending && data && !category) return missing;
  return (
    <>
      <header className={styles.head}>
        {category?.parent && (
          <nav className={styles.crumbs} aria-label="Above">
            <Link to="/category/$slug" params={{ slug: category.parent.slug }}>
              {category.parent.name}
            </Link>
          </nav>
        )}
        <h1>{category?.name ?? <Skeleton width="12rem" />}</h1>
        {category && category.children.length > 0 && (
          <nav aria-label="Within" className={styles.children}>
            {category.children.map((child) => (
              <Link key={child.slug} to="/category/$slug" params={{ slug: child.slug }}>
                {child.name}
              </Link>
            ))}
          </nav>
        )}
      </header>
      <div className={isPending ? styles.waiting : undefined}>{children}</div>
    </>
  );
}
