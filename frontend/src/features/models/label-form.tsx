import { Button, Textarea, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { ModelUpdateDocument } from '~/gql/graphql';
import { useCommand } from '~/shared/api/hooks';
import { Panel } from '~/shared/ui/panel';
import { useToast } from '~/shared/ui/toast';
import styles from './models.module.css';

/** What people call a model, and what they note about it. */
export function LabelForm({ model }: { model: { id: string; title?: string | null; note?: string | null } }) {
  const update = useCommand(ModelUpdateDocument);
  const say = useToast();
  const [title, setTitle] = useState(model.title ?? '');
  const [note, setNote] = useState(model.note ?? '');
  const [isBusy, setBusy] = useState(false);
  const [wrong, setWrong] = useState<{ field: string; message: string }>();
  const isSame = title.trim() === (model.title ?? '') && note.trim() === (model.note ?? '');
  const save = async (event: FormEvent) => {
    event.preventDefault();
    setBusy(true);
    const { data, error } = await update({ input: { modelId: model.id, title, note } });
    setBusy(false);
    const userError = data?.modelUpdate.userErrors[0];
    const message = error?.message ?? userError?.message;
    setWrong(message ? { field: userError?.field ?? 'title', message } : undefined);
    if (!message) say('Noted.');
  };
  return (
    <Panel title="What you say of it">
      <form onSubmit={save} className={styles.dialog}>
        <TextInput
          label="Name"
          description="“Summer test” says more than digits do."
          value={title}
          onChange={(event) => setTitle(event.currentTarget.value)}
          error={wrong?.field !== 'note' && wrong?.message}
        />
        <Textarea
          label="Note"
          rows={3}
          value={note}
          onChange={(event) => setNote(event.currentTarget.value)}
          error={wrong?.field === 'note' && wrong.message}
        />
        <div className={styles.buttons}>
          <Button type="submit" variant="default" loading={isBusy} disabled={isSame}>
            Save
          </Button>
        </div>
      </form>
    </Panel>
  );
}
