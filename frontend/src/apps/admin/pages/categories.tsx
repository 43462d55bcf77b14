import { useNavigate, useSearch } from '@tanstack/react-router';
import { CategoryList } from '~/features/catalogue/category-list';
import { groupVariables, readGroupSearch } from '~/features/catalogue/group-search';
import { CatalogueCategoriesDocument } from '~/gql/graphql';
import { usePageTitle } from '~/shared/lib/page-title';
import { QueryLink } from '~/shared/ui/query-link';
import styles from './page.module.css';

/** The tree that the products are sorted into. */
export function CategoriesPage() {
  usePageTitle('Categories', 'console');
  const search = readGroupSearch(useSearch({ strict: false }));
  const go = useNavigate();
  return (
    <div className={styles.page}>
      <div className={styles.head}>
        <h1>Categories</h1>
        <QueryLink document={CatalogueCategoriesDocument} variables={groupVariables(search)} />
      </div>
      <CategoryList search={search} onChange={(next) => void go({ to: '/categories', search: next as never })} />
    </div>
  );
}
