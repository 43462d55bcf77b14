import { Link, useNavigate, useParams } from '@tanstack/react-router';
import { ModelPage } from '~/features/models/model-page';
import { ModelPageDocument } from '~/gql/graphql';
import { usePageTitle } from '~/shared/lib/page-title';
import { QueryLink } from '~/shared/ui/query-link';
import styles from './page.module.css';

/** One model. */
export function OneModelPage() {
  const { name = '' } = useParams({ strict: false });
  const go = useNavigate();
  usePageTitle(`Model ${name.slice(0, 8)}`, 'console');
  return (
    <div className={styles.page}>
      <div className={styles.head}>
        <div>
          <Link to="/models">Models</Link>
          <h1>Model {name.slice(0, 8)}</h1>
        </div>
        <QueryLink document={ModelPageDocument} variables={{ name }} />
      </div>
      <ModelPage key={name} name={name} onDeleted={() => void go({ to: '/models' })} />
    </div>
  );
}
