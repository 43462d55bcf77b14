import { useNavigate, useSearch } from '@tanstack/react-router';
import { ModelList, modelVariables } from '~/features/models/model-list';
import { readModelSearch } from '~/features/models/model-search';
import { ModelsDocument } from '~/gql/graphql';
import { usePageTitle } from '~/shared/lib/page-title';
import { QueryLink } from '~/shared/ui/query-link';
import styles from './page.module.css';

/** The models; filter, order and the choice of two stand in the address. */
export function ModelsPage() {
  usePageTitle('Models', 'console');
  const search = readModelSearch(useSearch({ strict: false }));
  const go = useNavigate();
  return (
    <div className={styles.page}>
      <div className={styles.head}>
        <h1>Models</h1>
        <QueryLink document={ModelsDocument} variables={modelVariables(search)} />
      </div>
      <ModelList
        search={search}
        onChange={(next) => void go({ to: '/models', search: next as never, replace: true })}
      />
    </div>
  );
}
