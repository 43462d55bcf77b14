import { createContext, type ReactNode, useCallback, useContext, useEffect, useMemo, useState } from 'react';

interface Claims {
  /** Says what a row shows; undefined when it is gone. */
  claim(place: number, skus: readonly string[] | undefined): void;
  taken(place: number): ReadonlySet<string>;
  /** Whether every row above has said what it shows. */
  isTurnOf(place: number): boolean;
}

const ClaimsContext = createContext<Claims | undefined>(undefined);

/**
 * Sees to it that a product appears once on the page: a row leaves out what
 * rows above it show. And that nothing jumps: a row is shown when those above
 * it know whether they have anything to show. Rows are counted from 0, without
 * gaps.
 */
export function PageProducts({ children }: { children: ReactNode }) {
  const [claims, setClaims] = useState<ReadonlyMap<number, string>>(new Map());
  const claim = useCallback((place: number, skus: readonly string[] | undefined) => {
    const text = skus?.join('\n');
    setClaims((before) => {
      if (before.get(place) === text) return before;
      const after = new Map(before);
      if (text === undefined) after.delete(place);
      else after.set(place, text);
      return after;
    });
  }, []);
  const value = useMemo<Claims>(
    () => ({
      claim,
      taken: (place) =>
        new Set([...claims].filter(([other]) => other < place).flatMap(([, text]) => (text ? text.split('\n') : []))),
      isTurnOf: (place) => Array.from({ length: place }, (_, above) => above).every((above) => claims.has(above)),
    }),
    [claim, claims],
  );
  return <ClaimsContext value={value}>{children}</ClaimsContext>;
}

/** What rows above the `place`th one show, and whether it may be shown itself. */
export function useTaken(place: number): { taken: ReadonlySet<string>; isTurn: boolean } {
  const claims = useContext(ClaimsContext);
  return useMemo(
    () => ({ taken: claims?.taken(place) ?? new Set<string>(), isTurn: claims?.isTurnOf(place) ?? true }),
    [claims, place],
  );
}

/** Says what the `place`th row shows, once it knows; undefined until then. */
export function useClaim(place: number, skus: readonly string[] | undefined): void {
  const claim = useContext(ClaimsContext)?.claim;
  const text = skus?.join('\n');
  useEffect(() => {
    if (text !== undefined) claim?.(place, text ? text.split('\n') : []);
  }, [claim, place, text]);
  useEffect(() => () => claim?.(place, undefined), [claim, place]);
}
