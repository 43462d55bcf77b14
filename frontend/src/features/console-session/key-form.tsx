import { Button, PasswordInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useSession } from '~/shared/api/provider';
import { useShopName } from '~/shared/api/use-shop-name';
import { usePageTitle } from '~/shared/lib/page-title';
import styles from './key-form.module.css';
import { openConsole } from './open-console';

/** Asks for a key and exchanges it for a cookie that no script can read. */
export function KeyForm({ tooSmall, onOpened }: { tooSmall: boolean; onOpened(): void }) {
  usePageTitle('Sign in', 'console');
  const { renew } = useSession();
  const shop = useShopName();
  const [isBusy, setBusy] = useState(false);
  const [wrong, setWrong] = useState<string | undefined>(
    tooSmall ? 'This key may serve the shop, but not open the console. Use one with the role ADMIN.' : undefined,
  );
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    setBusy(true);
    const failure = await openConsole(String(new FormData(event.currentTarget).get('key') ?? '').trim());
    setBusy(false);
    setWrong(failure);
    if (failure === undefined) {
      renew();
      onOpened();
    }
  };
  return (
    <main className={styles.page} id="main">
      <form onSubmit={submit} className={styles.form}>
        <h1>{shop} console</h1>
        <p className={styles.quiet}>
          Sign in with an ADMIN key. Without the variable ALSO_ADMIN_KEY the server made one at its first start and
          printed it once.
        </p>
        <PasswordInput
          name="key"
          label="Key"
          autoComplete="off"
          required
          error={wrong}
          aria-invalid={wrong ? true : undefined}
          autoFocus
        />
        <Button type="submit" loading={isBusy}>
          Open the console
        </Button>
      </form>
    </main>
  );
}
