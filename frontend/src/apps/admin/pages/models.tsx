import { useNavigate, useSearch } from '@tanstack/react-router';
import { ModelComparison } from '~/features/models/model-comparison';
import { ModelList } from '~/features/models/model-list';
import { ModelsDocument } from '~/gql/graphql';
import { usePageTitle } from '~/shared/lib/page-title';
import { QueryLink } from '~/shared/ui/query-link';
import styles from './page.module.css';

/** The models: choose one to see what it is, two to compare them. The choice stands in the address. */
export function ModelsPage() {
  usePageTitle('Models · Also console');
  const search: { compare?: unknown } = useSearch({ strict: false });
  const go = useNavigate();
  const chosen = typeof search.compare === 'string' ? search.compare.split(',').filter(Boolean).slice(0, 2) : [];
  return (
    <div className={styles.page}>
      <div className={styles.head}>
        <h1>Models</h1>
        <QueryLink document={ModelsDocument} variables={{ first: 50 }} />
      </div>
      <ModelList
        chosen={chosen}
        onChoose={(ids) =>
          void go({ to: '/models', search: (ids.length > 0 ? { compare: ids.join(',') } : {}) as never, replace: true })
        }
      />
      {chosen.length > 0 && <ModelComparison ids={chosen} />}
    </div>
  );
}
