import { type FormEvent, useState } from 'react';
import { ViewerDeleteDocument } from '~/gql/graphql';
import { useCommand } from '~/shared/api/hooks';
import { useSession } from '~/shared/api/provider';
import { Button } from '~/shared/ui/button';
import { Dialog } from '~/shared/ui/dialog';
import { Field } from '~/shared/ui/field';
import { useToast } from '~/shared/ui/toast';
import styles from './account.module.css';

/** The way out for good: it asks once, for the password. */
export function DeleteAccount() {
  const [isAsking, ask] = useState(false);
  return (
    <section className={styles.panel} aria-labelledby="delete-account">
      <h2 id="delete-account">Delete your account</h2>
      <p className={styles.quiet}>
        The shop forgets you: your name, your email, your orders and all that you did here.
      </p>
      <div className={styles.buttons}>
        <Button kind="danger" onClick={() => ask(true)}>
          Delete my account
        </Button>
      </div>
      {isAsking && <DeleteDialog onClose={() => ask(false)} />}
    </section>
  );
}

function DeleteDialog({ onClose }: { onClose(): void }) {
  const remove = useCommand(ViewerDeleteDocument);
  const { renew } = useSession();
  const say = useToast();
  const [isBusy, setBusy] = useState(false);
  const [wrong, setWrong] = useState<string>();
  const run = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const password = String(new FormData(event.currentTarget).get('password') ?? '');
    setBusy(true);
    const { data, error } = await remove({ input: { password } });
    setBusy(false);
    const failure = error?.message ?? data?.viewerDelete.userErrors[0]?.message;
    if (failure) return setWrong(failure);
    renew();
    say('Your account is deleted, and you are forgotten.');
  };
  return (
    <Dialog title="Delete your account?" onClose={onClose}>
      <form className={styles.ask} onSubmit={run}>
        <p>This cannot be undone.</p>
        <Field
          name="password"
          label="Your password"
          type="password"
          autoComplete="current-password"
          error={wrong}
          required
        />
        <div className={styles.buttons}>
          <Button onClick={onClose}>Keep my account</Button>
          <Button type="submit" kind="danger" isBusy={isBusy}>
            Delete it for good
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
