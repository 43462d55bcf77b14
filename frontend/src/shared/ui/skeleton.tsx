import type { CSSProperties } from 'react';
import styles from './skeleton.module.css';

/** A grey place of the size that what is loading will have. */
export function Skeleton({ width = '100%', height = '1em', radius }: CSSProperties & { radius?: string }) {
  return <span aria-hidden data-loading className={styles.skeleton} style={{ width, height, borderRadius: radius }} />;
}
