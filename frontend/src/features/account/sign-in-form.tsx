import { type FormEvent, useState } from 'react';
import { SignInDocument, SignUpDocument } from '~/gql/graphql';
import { useCommand } from '~/shared/api/hooks';
import { useSession } from '~/shared/api/provider';
import { Button } from '~/shared/ui/button';
import { Field } from '~/shared/ui/field';
import styles from './account.module.css';

/** What is wrong: of a field by its name, or of the whole form under "". */
type Wrongs = Record<string, string>;

/** Signs in to an account, or makes one. What the session did becomes the customer's either way. */
export function SignInForm({ onDone }: { onDone(): void }) {
  const signIn = useCommand(SignInDocument);
  const signUp = useCommand(SignUpDocument);
  const { renew } = useSession();
  const [isNew, setNew] = useState(false);
  const [isBusy, setBusy] = useState(false);
  const [wrongs, setWrongs] = useState<Wrongs>({});

  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const text = (name: string) => String(form.get(name) ?? '');
    const input = { email: text('email'), password: text('password') };
    setBusy(true);
    const result = isNew
      ? await signUp({ input: { ...input, name: text('name') || undefined } }).then(({ data, error }) => ({
          error,
          payload: data?.customerSignUp,
        }))
      : await signIn({ input }).then(({ data, error }) => ({ error, payload: data?.customerSignIn }));
    setBusy(false);
    if (result.error) return setWrongs({ '': result.error.message });
    const userErrors = result.payload?.userErrors ?? [];
    if (userErrors.length > 0) {
      return setWrongs(Object.fromEntries(userErrors.map(({ field, message }) => [field ?? '', message])));
    }
    renew();
    onDone();
  };

  return (
    <form className={styles.panel} onSubmit={submit} noValidate aria-labelledby="sign-in">
      <h2 id="sign-in">{isNew ? 'Make an account' : 'Sign in'}</h2>
      {wrongs[''] && (
        <p role="alert" className={styles.wrong}>
          {wrongs['']}
        </p>
      )}
      {isNew && <Field label="Name" name="name" autoComplete="name" error={wrongs.name} />}
      <Field label="Email" name="email" type="email" autoComplete="email" error={wrongs.email} />
      <Field
        label="Password"
        name="password"
        type="password"
        autoComplete={isNew ? 'new-password' : 'current-password'}
        hint={isNew ? 'At least 8 characters.' : undefined}
        error={wrongs.password}
      />
      <div className={styles.buttons}>
        <Button type="submit" kind="primary" isBusy={isBusy}>
          {isNew ? 'Make the account' : 'Sign in'}
        </Button>
        <Button
          kind="quiet"
          onClick={() => {
            setNew(!isNew);
            setWrongs({});
          }}
        >
          {isNew ? 'I have an account' : 'I am new here'}
        </Button>
      </div>
    </form>
  );
}
