import { Link, useSearch } from '@tanstack/react-router';
import { Comparison } from '~/features/models/comparison';
import { ModelComparisonDocument } from '~/gql/graphql';
import { usePageTitle } from '~/shared/lib/page-title';
import { Notice } from '~/shared/ui/notice';
import { QueryLink } from '~/shared/ui/query-link';
import styles from './page.module.css';

/** Two models side by side; which two stands in the address. */
export function ComparePage() {
  usePageTitle('Compare models', 'console');
  const search: { a?: unknown; b?: unknown } = useSearch({ strict: false });
  const a = typeof search.a === 'string' ? search.a : '';
  const b = typeof search.b === 'string' ? search.b : '';
  return (
    <div className={styles.page}>
      <div className={styles.head}>
        <div>
          <Link to="/models">Models</Link>
          <h1>Compare models</h1>
        </div>
        {a && b && <QueryLink document={ModelComparisonDocument} variables={{ a, b }} />}
      </div>
      {a && b ? (
        <Comparison key={`${a} ${b}`} a={a} b={b} />
      ) : (
        <Notice title="Choose two models first." action={<Link to="/models">All models</Link>} />
      )}
    </div>
  );
}
