import { useNavigate } from '@tanstack/react-router';
import { ChangeAccount } from '~/features/account/change-account';
import { DeleteAccount } from '~/features/account/delete-account';
import { DemoCustomers } from '~/features/account/demo-customers';
import { SignInForm } from '~/features/account/sign-in-form';
import { SignedIn } from '~/features/account/signed-in';
import { useAccount } from '~/features/account/use-account';
import { usePageTitle } from '~/shared/lib/page-title';
import { Button } from '~/shared/ui/button';
import { Notice } from '~/shared/ui/notice';
import { Skeleton } from '~/shared/ui/skeleton';
import styles from './page.module.css';

/** Sign in, sign up, sign out; in the demo shop, become someone else. */
export function AccountPage() {
  usePageTitle('Account');
  const { viewer, error, isPending, refresh } = useAccount();
  const go = useNavigate();
  const onDone = () => void go({ to: '/' });
  return (
    <>
      <h1 className={styles.title}>Account</h1>
      <div className={styles.columns}>
        {isPending && <Skeleton height="16rem" radius="var(--radius-card)" />}
        {error && (
          <Notice
            tone="failed"
            title="Your account cannot be shown now."
            action={<Button onClick={refresh}>Try again</Button>}
          >
            {error.message}
          </Notice>
        )}
        {viewer && (viewer.signedIn ? <SignedIn viewer={viewer} /> : <SignInForm onDone={onDone} />)}
        {viewer?.signedIn && viewer.customer?.email && (
          <>
            <ChangeAccount key={viewer.customer.id} viewer={viewer} />
            <DeleteAccount />
          </>
        )}
        {viewer && <DemoCustomers onDone={onDone} />}
      </div>
    </>
  );
}
