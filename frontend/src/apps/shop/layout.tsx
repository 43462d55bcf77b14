import { Link, Outlet, useLocation, useNavigate } from '@tanstack/react-router';
import { AccountLink } from '~/features/account/account-link';
import { CartLink } from '~/features/cart/cart-link';
import { CartProvider } from '~/features/cart/cart-provider';
import { Departments } from '~/features/departments/departments';
import { ShopName } from '~/features/shop-name/shop-name';
import { useFocusOnMove } from '~/shared/lib/page-title';
import { useOnline } from '~/shared/lib/use-online';
import { SearchIcon } from '~/shared/ui/icons';
import { ToastProvider } from '~/shared/ui/toast';
import styles from './layout.module.css';

/** What every page of the shop has: the bar with the search, and the place for the page. */
export function Layout() {
  const { search } = useLocation();
  const main = useFocusOnMove();
  const isOnline = useOnline();
  const go = useNavigate();
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
              <ShopName />
            </Link>
            <search className={styles.searchPlace}>
              <form
                className={styles.search}
                action="/search"
                onSubmit={(event) => {
                  event.preventDefault();
                  const q = new FormData(event.currentTarget).get('q');
                  void go({ to: '/search', search: { q: String(q ?? '') } });
                }}
              >
                <SearchIcon size={18} stroke={1.5} />
                <input
                  key={query}
                  type="search"
                  name="q"
                  aria-label="Search the shop"
                  placeholder="Search the shop"
                  defaultValue={query}
                />
              </form>
            </search>
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
