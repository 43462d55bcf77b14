import { Link } from '@tanstack/react-router';
import { DepartmentsDocument } from '~/gql/graphql';
import { useGraphql } from '~/shared/api/hooks';
import { useIdle } from '~/shared/lib/use-idle';
import styles from './departments.module.css';

/** The categories at the top of the tree, one click away from everywhere. Its place is there before they are. */
export function Departments() {
  const isIdle = useIdle(true);
  const { data } = useGraphql(DepartmentsDocument, {}, { pause: !isIdle, policy: 'cache-first' });
  const roots = data?.categories.edges.map(({ node }) => node).filter(({ parent }) => !parent) ?? [];
  return (
    <nav className={styles.bar} aria-label="Departments">
      <ul className={styles.list}>
        {roots.map(({ slug, name }) => (
          <li key={slug}>
            <Link to="/category/$slug" params={{ slug }} className={styles.link} preload={false}>
              {name}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}
