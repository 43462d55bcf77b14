import { Link, useLocation } from '@tanstack/react-router';
import { usePageTitle } from '~/shared/lib/page-title';
import { Notice } from '~/shared/ui/notice';
import styles from './page.module.css';

/** An address of the console that leads nowhere. */
export function NotFoundPage() {
  usePageTitle('Not found', 'console');
  const { pathname } = useLocation();
  return (
    <div className={styles.page}>
      <h1>There is no such page</h1>
      <Notice title={`Nothing is at /admin${pathname}.`} action={<Link to="/">Go to the overview</Link>}>
        The address may be mistyped, or from a version that had such a page.
      </Notice>
    </div>
  );
}
