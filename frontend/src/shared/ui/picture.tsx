import { useState } from 'react';
import styles from './picture.module.css';

/** A product's picture, 4 : 5; until there is one, or if it cannot be had, its place on a tinted ground. */
export function Picture({ src, alt = '', eager = false }: { src: string | undefined; alt?: string; eager?: boolean }) {
  const [failed, setFailed] = useState<string>();
  const isThere = src && failed !== src;
  return (
    <span className={styles.frame}>
      {isThere && (
        <img
          src={src}
          alt={alt}
          width={400}
          height={500}
          loading={eager ? 'eager' : 'lazy'}
          decoding="async"
          onError={() => setFailed(src)}
        />
      )}
    </span>
  );
}
