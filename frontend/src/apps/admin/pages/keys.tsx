import { KeyForm } from '~/features/keys/key-form';
import { KeyList } from '~/features/keys/key-list';
import { KeysDocument } from '~/gql/graphql';
import { usePageTitle } from '~/shared/lib/page-title';
import { QueryLink } from '~/shared/ui/query-link';
import styles from './page.module.css';

/** The keys to the API. */
export function KeysPage() {
  usePageTitle('Keys', 'console');
  return (
    <div className={styles.page}>
      <div className={styles.head}>
        <h1>Keys</h1>
        <QueryLink document={KeysDocument} variables={{}} />
      </div>
      <div className={styles.split}>
        <KeyForm />
        <KeyList />
      </div>
    </div>
  );
}
