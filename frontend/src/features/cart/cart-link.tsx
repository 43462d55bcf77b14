import { Link } from '@tanstack/react-router';
import styles from '~/shared/ui/bar-link.module.css';
import { BagIcon } from '~/shared/ui/icons';
import { useCart } from './cart-provider';

/** The way to the cart, with how many pieces it holds. */
export function CartLink() {
  const { cart } = useCart();
  const count = cart?.count ?? 0;
  return (
    <Link to="/cart" className={styles.link} aria-label={`Cart, ${count === 1 ? '1 piece' : `${count} pieces`}`}>
      <BagIcon size={20} stroke={1.5} />
      <span className={styles.word}>Cart</span>
      {count > 0 && <span className={styles.count}>{count}</span>}
    </Link>
  );
}
