import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { type FragmentType, readFragment } from '~/gql';
import { ProductCardFragmentDoc } from '~/gql/graphql';
import { drawingOf, Picture } from './picture';
import { Price } from './price';
import styles from './product-card.module.css';

/** A product in a row or a list: picture, name, price, and what can be done with it. */
export function ProductCard({
  product,
  children,
  corner,
  note,
  eager,
  onOpen,
}: {
  product: FragmentType<typeof ProductCardFragmentDoc>;
  /** Buttons below the facts. */
  children?: ReactNode;
  /** What lies on the picture's corner while one points at the card; always there on touch. */
  corner?: ReactNode;
  /** What the shop knows of the shopper and the product, below the facts. */
  note?: string;
  eager?: boolean;
  /** The visitor follows the card to the product's page. */
  onOpen?: () => void;
}) {
  const { sku, name, image, price, vendor, stock } = readFragment(ProductCardFragmentDoc, product);
  return (
    <article className={styles.card} data-sku={sku}>
      <Link to="/product/$sku" params={{ sku }} className={styles.link} onClick={onOpen}>
        <Picture src={image} fallback={drawingOf(sku)} eager={eager} />
        <span className={styles.name}>{name}</span>
      </Link>
      <p className={styles.facts}>
        <strong>
          <Price value={price} />
        </strong>
        {stock === 0 ? (
          <span className={styles.quiet}>Sold out</span>
        ) : (
          vendor && <span className={styles.quiet}>{vendor.name}</span>
        )}
      </p>
      {note && <p className={styles.note}>{note}</p>}
      {children && <div className={styles.actions}>{children}</div>}
      {corner && <div className={styles.corner}>{corner}</div>}
    </article>
  );
}
