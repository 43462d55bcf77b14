import { KeyForm } from '~/features/keys/key-form';
import { KeyList } from '~/features/keys/key-list';
import { usePageTitle } from '~/shared/lib/page-title';
import styles from './page.module.css';

/** The keys to the API. */
export function KeysPage() {
  usePageTitle('Keys · Also console');
  return (
    <div className={styles.page}>
      <h1>Keys</h1>
      <div className={styles.split}>
        <KeyForm />
        <KeyList />
      </div>
    </div>
  );
}
