import { useState } from 'react';
import styles from './picture.module.css';

/** Where the server draws a product that has no picture of its own. */
export const drawingOf = (sku: string) => `/pictures/${encodeURIComponent(sku)}.svg`;

/**
 * A product's picture, 4 : 5; until there is one its place on a tinted ground. If it cannot be had, the
 * fallback takes its place, such as the drawing that the server makes of any product.
 */
export function Picture({
  src,
  fallback,
  alt = '',
  eager = false,
}: {
  src: string | undefined;
  fallback?: string;
  alt?: string;
  eager?: boolean;
}) {
  const [failed, setFailed] = useState<string[]>([]);
  const shown = [src, fallback].find((one) => one && !failed.includes(one));
  return (
    <span className={styles.frame}>
      {shown && (
        <img
          src={shown}
          alt={alt}
          width={400}
          height={500}
          loading={eager ? 'eager' : 'lazy'}
          decoding="async"
          onError={() => setFailed([...failed, shown])}
        />
      )}
    </span>
  );
}
