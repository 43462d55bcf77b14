import { SettingsList } from '~/features/settings/settings-list';
import { SettingsDocument } from '~/gql/graphql';
import { usePageTitle } from '~/shared/lib/page-title';
import { QueryLink } from '~/shared/ui/query-link';
import styles from './page.module.css';

/** What the server runs with. */
export function SettingsPage() {
  usePageTitle('Settings', 'console');
  return (
    <div className={styles.page}>
      <div className={styles.head}>
        <h1>Settings</h1>
        <QueryLink document={SettingsDocument} variables={{}} />
      </div>
      <SettingsList />
    </div>
  );
}
