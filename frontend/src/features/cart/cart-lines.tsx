import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { readFragment } from '~/gql';
import { type CartContentFragment, ProductCardFragmentDoc } from '~/gql/graphql';
import { Button } from '~/shared/ui/button';
import { CloseIcon } from '~/shared/ui/icons';
import { Picture } from '~/shared/ui/picture';
import { Price } from '~/shared/ui/price';
import { useToast } from '~/shared/ui/toast';
import styles from './cart.module.css';
import { useCartCommands } from './use-cart-commands';

/** What the cart holds, each line with its quantity to change. */
export function CartLines({ lines }: { lines: CartContentFragment['lines'] }) {
  return (
    <ul className={styles.lines}>
      {lines.map((line) => (
        <CartLine key={line.sku} line={line} />
      ))}
    </ul>
  );
}

function CartLine({ line }: { line: CartContentFragment['lines'][number] }) {
  const { setQuantity } = useCartCommands();
  const say = useToast();
  const [isBusy, setBusy] = useState(false);
  const product = readFragment(ProductCardFragmentDoc, line.product);
  const name = product?.name ?? line.sku;
  const set = async (quantity: number) => {
    setBusy(true);
    const outcome = await setQuantity(line.sku, quantity);
    setBusy(false);
    if (!outcome.ok) say(outcome.message, 'failed');
  };
  const most = Math.max(line.quantity, Math.min(product?.stock ?? line.quantity, 99));
  return (
    <li className={styles.line} aria-busy={isBusy || undefined}>
      <div className={styles.picture}>
        <Picture src={product?.image} />
      </div>
      <div className={styles.what}>
        <Link to="/product/$sku" params={{ sku: line.sku }}>
          {name}
        </Link>
        {product?.vendor && <span className={styles.quiet}>{product.vendor.name}</span>}
        {!product && <span className={styles.quiet}>No longer on offer. Take it out to order the rest.</span>}
      </div>
      <label className={styles.quantity}>
        <span className="visually-hidden">Pieces of {name}</span>
        <select value={line.quantity} disabled={isBusy} onChange={(event) => set(Number(event.target.value))}>
          {Array.from({ length: most }, (_, at) => at + 1).map((count) => (
            <option key={count} value={count}>
              {count}
            </option>
          ))}
        </select>
      </label>
      <strong className={styles.price}>
        <Price value={line.total} />
      </strong>
      <Button kind="quiet" size="small" disabled={isBusy} onClick={() => set(0)} aria-label={`Take out ${name}`}>
        <CloseIcon size={18} stroke={1.5} />
      </Button>
    </li>
  );
}
