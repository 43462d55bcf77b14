import { Button, Modal, NativeSelect, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { Notice } from '~/shared/ui/notice';
import styles from './catalogue.module.css';
import { type Draft, type Group, type Kind, parentOf, type Wrong } from './group';

/** Adds a vendor or a category, or changes one. With `parents` it may lie below one of them. */
export function GroupForm({
  kind,
  group,
  parents,
  save,
  onClose,
}: {
  kind: Kind;
  group: Group | undefined;
  parents: { value: string; label: string }[] | undefined;
  save(draft: Draft): Promise<Wrong | undefined>;
  onClose(): void;
}) {
  const [draft, setDraft] = useState<Draft>({
    name: group?.name ?? '',
    slug: group?.slug ?? '',
    parent: (group && parentOf(group)?.slug) ?? '',
  });
  const [isBusy, setBusy] = useState(false);
  const [wrong, setWrong] = useState<Wrong>();
  const set = (change: Partial<Draft>) => setDraft({ ...draft, ...change });
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setBusy(true);
    setWrong(await save(draft));
    setBusy(false);
  };
  const at = (field: keyof Draft) => (wrong?.field === field ? wrong.message : undefined);
  return (
    <Modal opened onClose={onClose} title={group ? `Edit ${group.name}` : `Add a ${kind}`}>
      <form onSubmit={submit} className={styles.form}>
        {wrong && !(wrong.field && wrong.field in draft) && (
          <Notice tone="failed" title="Nothing was saved.">
            {wrong.message}
          </Notice>
        )}
        <TextInput
          label="Name"
          value={draft.name}
          onChange={(event) => set({ name: event.currentTarget.value })}
          error={at('name')}
          required
          data-autofocus
        />
        <TextInput
          label="Slug"
          description={
            group
              ? 'Its name in addresses, filters and imports. It stays as it is.'
              : 'Its name in addresses, filters and imports. Empty: made from the name.'
          }
          value={draft.slug}
          onChange={(event) => set({ slug: event.currentTarget.value })}
          disabled={!!group}
          error={at('slug')}
        />
        {parents && (
          <NativeSelect
            label="Below"
            value={draft.parent}
            onChange={(event) => set({ parent: event.currentTarget.value })}
            data={[
              { value: '', label: 'nothing, at the root' },
              ...parents.filter(({ value }) => value !== group?.slug),
            ]}
            error={at('parent')}
          />
        )}
        <div className={styles.buttons}>
          <Button variant="default" onClick={onClose}>
            {group ? 'Leave it as it is' : 'Leave'}
          </Button>
          <Button type="submit" loading={isBusy}>
            {group ? 'Save' : `Add the ${kind}`}
          </Button>
        </div>
      </form>
    </Modal>
  );
}
