import { Link, useNavigate } from '@tanstack/react-router';
import { useCart } from '~/features/cart/cart-provider';
import { Checkout } from '~/features/cart/checkout';
import { usePageTitle } from '~/shared/lib/page-title';
import { Button } from '~/shared/ui/button';
import { Notice } from '~/shared/ui/notice';
import { Skeleton } from '~/shared/ui/skeleton';
import styles from './page.module.css';

/** Where the order goes, what it holds, and the way to place it; then its confirmation. */
export function CheckoutPage() {
  usePageTitle('Checkout · Also');
  const { cart, error, isPending, refresh } = useCart();
  const go = useNavigate();
  return (
    <>
      <h1 className={styles.title}>Checkout</h1>
      {isPending && <Skeleton height="24rem" radius="var(--radius-card)" />}
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
        <Notice title="There is nothing to order." action={<Link to="/">See what fits you</Link>}>
          Your cart is empty. What you put into it can be ordered here.
        </Notice>
      )}
      {cart && cart.lines.length > 0 && (
        <Checkout
          cart={cart}
          onOrdered={(id) => void go({ to: '/orders/$id', params: { id }, search: { placed: true } as never })}
        />
      )}
    </>
  );
}
