import { Link } from '@tanstack/react-router';
import styles from '~/shared/ui/bar-link.module.css';
import { UserIcon } from '~/shared/ui/icons';
import { useAccount } from './use-account';

/** The way to one's account: one's name, or the invitation to sign in. */
export function AccountLink() {
  const { viewer } = useAccount();
  return (
    <Link to="/account" className={styles.link}>
      <UserIcon size={20} stroke={1.5} />
      <span className={styles.word}>{viewer?.signedIn ? viewer.customer?.name || 'Account' : 'Sign in'}</span>
    </Link>
  );
}
