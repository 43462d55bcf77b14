import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import type { AccountViewerFragment } from '~/gql/graphql';
import { SignOutDocument } from '~/gql/graphql';
import { useCommand } from '~/shared/api/hooks';
import { useSession } from '~/shared/api/provider';
import { Button } from '~/shared/ui/button';
import { useToast } from '~/shared/ui/toast';
import styles from './account.module.css';

/** Who is signed in, and the way out. */
export function SignedIn({ viewer }: { viewer: AccountViewerFragment }) {
  const signOut = useCommand(SignOutDocument);
  const { renew } = useSession();
  const say = useToast();
  const [isBusy, setBusy] = useState(false);
  const leave = async () => {
    setBusy(true);
    const { error } = await signOut({});
    setBusy(false);
    if (error) return say(error.message, 'failed');
    renew();
    say('You are signed out.');
  };
  return (
    <section className={styles.panel} aria-labelledby="signed-in">
      <h2 id="signed-in">{viewer.customer?.name || 'Your account'}</h2>
      {viewer.customer?.email && <p className={styles.quiet}>{viewer.customer.email}</p>}
      <p>
        <Link to="/orders">Your orders</Link> · <Link to="/taste">Your taste</Link>
      </p>
      <div className={styles.buttons}>
        <Button isBusy={isBusy} onClick={leave}>
          Sign out
        </Button>
      </div>
    </section>
  );
}
