import { Button, Radio, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { KeyCreateDocument, type Role } from '~/gql/graphql';
import { useCommand } from '~/shared/api/hooks';
import { Notice } from '~/shared/ui/notice';
import { Panel } from '~/shared/ui/panel';
import styles from './keys.module.css';

/** Makes a key. Its secret is shown once, and only here. */
export function KeyForm() {
  const create = useCommand(KeyCreateDocument);
  const [name, setName] = useState('');
  const [role, setRole] = useState<Role>('SHOP');
  const [isBusy, setBusy] = useState(false);
  const [wrong, setWrong] = useState<{ field?: string | null; message: string }>();
  const [made, setMade] = useState<{ name: string; secret: string }>();
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setBusy(true);
    const { data, error } = await create({ input: { name, role } });
    setBusy(false);
    setWrong(error ?? data?.keyCreate.userErrors[0]);
    if (!data?.keyCreate.secret) return;
    setMade({ name, secret: data.keyCreate.secret });
    setName('');
  };
  return (
    <Panel title="Make a key">
      <form onSubmit={submit} className={styles.form}>
        <TextInput
          label="What for"
          description="The server or person that will hold it."
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
          error={wrong?.field === 'name' ? wrong.message : undefined}
          required
        />
        <Radio.Group
          label="What it may do"
          value={role}
          onChange={(value) => setRole(value === 'ADMIN' ? 'ADMIN' : 'SHOP')}
        >
          <div className={styles.choices}>
            <Radio
              value="SHOP"
              label="SHOP"
              description="Events in, answers for any customer out. For your shop’s server."
            />
            <Radio
              value="ADMIN"
              label="ADMIN"
              description="And the catalogue, training, models and keys. For people."
            />
          </div>
        </Radio.Group>
        {wrong && wrong.field !== 'name' && (
          <Notice tone="failed" title="No key was made.">
            {wrong.message}
          </Notice>
        )}
        <Button type="submit" loading={isBusy}>
          Make the key
        </Button>
      </form>
      {made && (
        <Notice tone="attention" title={`The key ${made.name}. Copy it now: it is not shown again.`}>
          <code className={styles.secret}>{made.secret}</code>
        </Notice>
      )}
    </Panel>
  );
}
