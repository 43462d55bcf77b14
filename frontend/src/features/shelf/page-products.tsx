import { createContext, type ReactNode, useContext, useEffect, useMemo, useState, useSyncExternalStore } from 'react';
import styles from './shelf.module.css';

/** What the rows of a page show, each row's skus as lines of one text. */
interface Claims {
  /** Says what a row shows; undefined when it is gone. */
  claim(place: number, skus: string | undefined): void;
  /** What the rows above a place show; undefined until each of them has said so. */
  above(place: number): string | undefined;
  follow(onChange: () => void): () => void;
}

function newClaims(): Claims {
  const claims = new Map<number, string>();
  const followers = new Set<() => void>();
  return {
    claim(place, skus) {
      if (claims.get(place) === skus) return;
      if (skus === undefined) claims.delete(place);
      else claims.set(place, skus);
      for (const tell of followers) tell();
    },
    above(place) {
      const texts = Array.from({ length: place }, (_, other) => claims.get(other));
      return texts.includes(undefined) ? undefined : texts.filter(Boolean).join('\n');
    },
    follow(onChange) {
      followers.add(onChange);
      return () => followers.delete(onChange);
    },
  };
}

const alone: Pick<Claims, 'above' | 'follow'> = { above: () => '', follow: () => () => {} };
const ClaimsContext = createContext<Claims | undefined>(undefined);

/**
 * Sees to it that a product appears once on the page: a row leaves out what
 * rows above it show. And that nothing jumps: a row is shown when those above
 * it know whether they have anything to show, and the footer stays out of the
 * way until all `rows` of them do. Rows are counted from 0, without gaps.
 */
export function PageProducts({ rows, children }: { rows: number; children: ReactNode }) {
  const [claims] = useState(newClaims);
  const isWhole = useSyncExternalStore(claims.follow, () => claims.above(rows) !== undefined);
  return (
    <ClaimsContext value={claims}>
      {children}
      {!isWhole && <div className={styles.rest} data-to-come />}
    </ClaimsContext>
  );
}

/** What rows above the `place`th one show, and whether it may be shown itself. */
export function useTaken(place: number): { taken: ReadonlySet<string>; isTurn: boolean } {
  const claims = useContext(ClaimsContext) ?? alone;
  const above = useSyncExternalStore(claims.follow, () => claims.above(place));
  return useMemo(() => ({ taken: new Set(above?.split('\n')), isTurn: above !== undefined }), [above]);
}

/** Says what the `place`th row shows, once it knows; undefined until then. */
export function useClaim(place: number, skus: readonly string[] | undefined): void {
  const claim = useContext(ClaimsContext)?.claim;
  const text = skus?.join('\n');
  useEffect(() => {
    if (text !== undefined) claim?.(place, text);
  }, [claim, place, text]);
  useEffect(() => () => claim?.(place, undefined), [claim, place]);
}
