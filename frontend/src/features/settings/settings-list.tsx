import { SettingsDocument } from '~/gql/graphql';
import { useGraphql } from '~/shared/api/hooks';
import { Notice } from '~/shared/ui/notice';
import { Panel } from '~/shared/ui/panel';
import { Skeleton } from '~/shared/ui/skeleton';
import styles from './settings.module.css';
import { SettingsForm } from './settings-form';

/** What the server runs with: what can be changed here, and all else with where to change it. */
export function SettingsList() {
  const { data, error, isPending } = useGraphql(SettingsDocument, {});
  if (isPending) return <Skeleton height="24rem" radius="var(--radius-card)" />;
  if (error) {
    return (
      <Notice tone="failed" title="The settings cannot be shown now.">
        {error.message}
      </Notice>
    );
  }
  return (
    <>
      <SettingsForm settings={data.settings} />
      {data.settings.groups
        .filter(({ settings }) => settings.length > 0)
        .map(({ name, settings }) => (
          <Panel key={name} title={name}>
            <dl className={styles.facts}>
              {settings.map((setting) => (
                <div key={setting.key} className={styles.fact}>
                  <dt>{setting.name}</dt>
                  <dd className={styles.value}>{setting.value}</dd>
                  <dd className={styles.quiet}>
                    {setting.explanation} {setting.change}
                  </dd>
                </div>
              ))}
            </dl>
          </Panel>
        ))}
    </>
  );
}
