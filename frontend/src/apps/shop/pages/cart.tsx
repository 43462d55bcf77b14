import { Link } from '@tanstack/react-router';
import { CartLines } from '~/features/cart/cart-lines';
import { useCart } from '~/features/cart/cart-provider';
import { CartSummary } from '~/features/cart/cart-summary';
import { PageProducts } from '~/features/shelf/page-products';
import { usePageTitle } from '~/shared/lib/page-title';
import { Button } from '~/shared/ui/button';
import { Notice } from '~/shared/ui/notice';
import { Skeleton } from '~/shared/ui/skeleton';
import { ShopShelf } from '../shop-shelf';
import styles from './page.module.css';

/** What one means to buy, what it goes with, and the way to the checkout. */
export function CartPage() {
  usePageTitle('Cart');
  const { cart, error, isPending, refresh } = useCart();
  const skus = cart?.lines.map(({ sku }) => sku) ?? [];
  return (
    <PageProducts rows={skus.length > 0 ? 2 : 1}>
      <div className={styles.rows}>
        <div>
          <h1 className={styles.title}>Cart</h1>
          {isPending && <Skeleton height="12rem" radius="var(--radius-card)" />}
          {error && (
            <Notice
              tone="failed"
              title="Your cart cannot be shown now."
              action={<Button onClick={refresh}>Try again</Button>}
            >
              {error.message}
            </Notice>
          )}
          {cart && cart.lines.length === 0 && (
            <Notice title="Your cart is empty." action={<Link to="/">See what fits you</Link>}>
              What you add stays here until you order it.
            </Notice>
          )}
          {cart && cart.lines.length > 0 && (
            <div className={styles.withAside}>
              <CartLines lines={cart.lines} />
              <CartSummary cart={cart} />
            </div>
          )}
        </div>
        {skus.length > 0 && (
          <ShopShelf
            title="Goes with what you have"
            why="Bought by others together with what is in your cart"
            placement="cart"
            products={skus}
            place={0}
            count={12}
          />
        )}
        {!isPending && (
          <ShopShelf
            title="Do you need these again?"
            why="What you buy, what is due first"
            placement="buy-again"
            place={skus.length > 0 ? 1 : 0}
            least={2}
            count={12}
          />
        )}
      </div>
    </PageProducts>
  );
}
