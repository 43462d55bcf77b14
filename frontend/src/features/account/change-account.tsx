import { type FormEvent, useState } from 'react';
import { type AccountViewerFragment, ViewerUpdateDocument } from '~/gql/graphql';
import { useCommand } from '~/shared/api/hooks';
import { Button } from '~/shared/ui/button';
import { Field } from '~/shared/ui/field';
import { useToast } from '~/shared/ui/toast';
import styles from './account.module.css';

/** Name, email and password of one's own account. */
export function ChangeAccount({ viewer: { customer } }: { viewer: AccountViewerFragment }) {
  const update = useCommand(ViewerUpdateDocument);
  const say = useToast();
  const [isBusy, setBusy] = useState(false);
  const [wrong, setWrong] = useState<{ field?: string | null; message: string }>();
  const save = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = event.currentTarget;
    const text = (name: string) => String(new FormData(form).get(name) ?? '');
    setBusy(true);
    setWrong(undefined);
    const { data, error } = await update({
      input: {
        name: text('name').trim(),
        email: text('email').trim() === (customer?.email ?? '') ? undefined : text('email').trim(),
        newPassword: text('newPassword') || undefined,
        password: text('password') || undefined,
      },
    });
    setBusy(false);
    if (error) return setWrong({ message: error.message });
    const refused = data.viewerUpdate.userErrors[0];
    if (refused) return setWrong(refused);
    for (const name of ['newPassword', 'password']) {
      const input = form.elements.namedItem(name);
      if (input instanceof HTMLInputElement) input.value = '';
    }
    say('Your account is saved.');
  };
  const at = (field: string) => (wrong?.field === field ? wrong.message : undefined);
  return (
    <form className={styles.panel} onSubmit={save} aria-labelledby="change-account">
      <h2 id="change-account">Change your account</h2>
      <Field name="name" label="Name" autoComplete="name" defaultValue={customer?.name} error={at('name')} />
      <Field
        name="email"
        label="Email"
        type="email"
        autoComplete="email"
        defaultValue={customer?.email ?? ''}
        error={at('email')}
      />
      <Field
        name="newPassword"
        label="New password"
        type="password"
        autoComplete="new-password"
        hint="Leave it empty to keep the one you have."
        error={at('newPassword')}
      />
      <Field
        name="password"
        label="Password of now"
        type="password"
        autoComplete="current-password"
        hint="Needed for a new email or password."
        error={at('password')}
      />
      {wrong && !['name', 'email', 'newPassword', 'password'].includes(wrong.field ?? '') && (
        <p className={styles.wrong} role="alert">
          {wrong.message}
        </p>
      )}
      <div className={styles.buttons}>
        <Button type="submit" kind="primary" isBusy={isBusy}>
          Save
        </Button>
      </div>
    </form>
  );
}
