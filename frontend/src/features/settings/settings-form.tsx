import { Button, Checkbox, TextInput } from '@mantine/core';
import { useState } from 'react';
import { type FragmentType, readFragment } from '~/gql';
import { SettingsFormFragmentDoc, SettingsUpdateDocument } from '~/gql/graphql';
import { useCommand } from '~/shared/api/hooks';
import { exactTime } from '~/shared/lib/time';
import { Panel } from '~/shared/ui/panel';
import { useToast } from '~/shared/ui/toast';
import styles from './settings.module.css';

type Wrong = { field?: string | null; message: string };

/** What can be changed while the shop is served; it is in force at once, in every process. */
export function SettingsForm({ settings }: { settings: FragmentType<typeof SettingsFormFragmentDoc> }) {
  const [saved, setSaved] = useState(settings);
  const now = readFragment(SettingsFormFragmentDoc, saved);
  const [wrong, setWrong] = useState<Wrong[]>([]);
  const [isBusy, setBusy] = useState(false);
  const update = useCommand(SettingsUpdateDocument);
  const say = useToast();
  const save = async (form: FormData) => {
    setBusy(true);
    const { data, error } = await update({
      input: {
        shopName: String(form.get('shopName')),
        trainingSchedule: String(form.get('trainingSchedule')),
        promoteAutomatically: form.get('promoteAutomatically') !== null,
        modelMaxAgeDays: Number.parseInt(String(form.get('modelMaxAgeDays')), 10) || 0,
      },
    });
    setBusy(false);
    if (error) return say(error.message, 'failed');
    setWrong(data.settingsUpdate.userErrors);
    if (!data.settingsUpdate.settings) return;
    setSaved(data.settingsUpdate.settings);
    say('Saved. It is in force now, in every process within seconds.');
  };
  const at = (field: string) => wrong.find((one) => one.field === field)?.message;
  return (
    <Panel title="Changed here">
      <form
        className={styles.form}
        onSubmit={(event) => {
          event.preventDefault();
          void save(new FormData(event.currentTarget));
        }}
      >
        <TextInput
          name="shopName"
          label="Shop’s name"
          description="As people see it."
          defaultValue={now.shopName}
          error={at('shopName')}
        />
        <TextInput
          name="trainingSchedule"
          label="Training schedule"
          description={
            now.nextTrainingAt
              ? `Five fields of cron, UTC. Next: ${exactTime(now.nextTrainingAt)}.`
              : 'Five fields of cron, UTC: 0 2 * * * is two every night. Empty: never by itself.'
          }
          defaultValue={now.trainingSchedule}
          error={at('trainingSchedule')}
        />
        <TextInput
          name="modelMaxAgeDays"
          label="Oldest model, days"
          description="An older live model is a problem on the overview."
          inputMode="numeric"
          defaultValue={now.modelMaxAgeDays}
          error={at('modelMaxAgeDays')}
        />
        <Checkbox
          name="promoteAutomatically"
          label="Put scheduled models live"
          description="By itself, when a model is not worse than the live one on the same hold-out."
          defaultChecked={now.promoteAutomatically}
        />
        <div>
          <Button type="submit" loading={isBusy}>
            Save
          </Button>
        </div>
      </form>
      {now.updatedAt && <p className={styles.quiet}>Last changed {exactTime(now.updatedAt)}.</p>}
    </Panel>
  );
}
