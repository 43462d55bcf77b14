import { Link, Outlet, useLocation } from '@tanstack/react-router';
import { AccountLink } from '~/features/account/account-link';
import { CartLink } from '~/features/cart/cart-link';
import { CartProvider } from '~/features/cart/cart-provider';
import { Departments } from '~/features/departments/departments';
import { SearchBox } from '~/features/search-box/search-box';
import { useShopName } from '~/shared/api/use-shop-name';
import { useFocusOnMove } from '~/shared/lib/focus-on-move';
import { useOnline } from '~/shared/lib/use-online';
import { ToastProvider } from '~/shared/ui/toast';
import styles from './layout.module.css';

/** What every page of the shop has: the bar with the search, and the place for the page. */
export function Layout() {
  const { search } = useLocation();
  const main = useFocusOnMove();
  const isOnline = useOnline();
  const name = useShopName();
  const query = 'q' in search && typeof search.q === 'string' ? search.q : '';
  return (
    <ToastProvider>
      <CartProvider>
        <a className="skip-link" href="#main">
          Skip to the products
        </a>
        <header className={styles.bar}>
          <div className={styles.inside}>
            <Link to="/" className={styles.wordmark}>
              {name}
            </Link>
            <SearchBox query={query} />
            <nav className={styles.links} aria-label="You">
              <AccountLink />
              <CartLink />
            </nav>
          </div>
        </header>
        <Departments />
        {!isOnline && (
          <p className={styles.offline} role="status">
            You are offline. What you see may be old; buying works again when the connection is back.
          </p>
        )}
        <main id="main" ref={main} tabIndex={-1} className={styles.main}>
          <Outlet />
        </main>
        <footer className={styles.footer}>
          <Link to="/taste">What the shop knows of your taste</Link>
          <Link to="/orders">Your orders</Link>
          <a href="/admin">Console</a>
          <a href="/playground">API playground</a>
        </footer>
      </CartProvider>
    </ToastProvider>
  );
}
