import { Link, Outlet, useRouterState } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';
import { Gate } from '~/features/console-session/gate';
import { closeConsole } from '~/features/console-session/open-console';
import { useSession } from '~/shared/api/provider';
import { useShopName } from '~/shared/api/use-shop-name';
import { useFocusOnMove } from '~/shared/lib/focus-on-move';
import { Button } from '~/shared/ui/button';
import { ToastProvider, useToast } from '~/shared/ui/toast';
import styles from './shell.module.css';

const pages = [
  { to: '/', name: 'Overview' },
  { to: '/training', name: 'Training' },
  { to: '/models', name: 'Models' },
  { to: '/customers', name: 'Customers' },
  { to: '/orders', name: 'Orders' },
  { to: '/products', name: 'Products' },
  { to: '/vendors', name: 'Vendors' },
  { to: '/categories', name: 'Categories' },
  { to: '/events', name: 'Events' },
  { to: '/imports', name: 'Import' },
  { to: '/transporter', name: 'Transporter' },
  { to: '/keys', name: 'Keys' },
  { to: '/settings', name: 'Settings' },
];

/** What every page of the console has: the list of pages on the left, the page on the right. */
export function Shell() {
  return (
    <ToastProvider>
      <Gate>
        <Frame />
      </Gate>
    </ToastProvider>
  );
}

function Frame() {
  const main = useFocusOnMove();
  const shop = useShopName();
  const side = useRef<HTMLElement>(null);
  const path = useRouterState({ select: ({ location }) => location.pathname });
  // On a phone the list of pages is a strip, wider than the window.
  // biome-ignore lint/correctness/useExhaustiveDependencies: which page is the current one changes with the address
  useEffect(() => {
    side.current?.querySelector('[aria-current="page"]')?.scrollIntoView({ block: 'nearest', inline: 'center' });
  }, [path]);
  const { renew } = useSession();
  const say = useToast();
  const leave = async () => {
    const failure = await closeConsole();
    if (failure) return say(failure, 'failed');
    renew();
  };
  return (
    <div className={styles.frame}>
      <a className="skip-link" href="#main">
        Skip to the page
      </a>
      <nav ref={side} className={styles.side} aria-label="Console">
        <span className={styles.wordmark}>{shop}</span>
        <ul className={styles.links}>
          {pages.map(({ to, name }) => (
            <li key={to}>
              <Link to={to} activeOptions={{ exact: to === '/' }} className={styles.link}>
                {name}
              </Link>
            </li>
          ))}
        </ul>
        <ul className={styles.foot}>
          <li>
            <a href="/" className={styles.link}>
              Shop
            </a>
          </li>
          <li>
            <a href="/playground" className={styles.link}>
              API playground
            </a>
          </li>
          <li>
            <Button kind="quiet" size="small" onClick={leave} className={styles.leave}>
              Sign out
            </Button>
          </li>
        </ul>
      </nav>
      <main id="main" ref={main} tabIndex={-1} className={styles.main}>
        <Outlet />
      </main>
    </div>
  );
}
