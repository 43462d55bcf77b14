import { createContext, type ReactNode, useCallback, useContext, useEffect, useMemo, useState } from 'react';

interface Claims {
  claim(place: number, skus: readonly string[]): void;
  taken(place: number): ReadonlySet<string>;
}

const ClaimsContext = createContext<Claims | undefined>(undefined);

/** Sees to it that a product appears once on the page: a row leaves out what rows above it show. */
export function PageProducts({ children }: { children: ReactNode }) {
  const [claims, setClaims] = useState<ReadonlyMap<number, string>>(new Map());
  const claim = useCallback((place: number, skus: readonly string[]) => {
    const text = skus.join('\n');
    setClaims((before) => (before.get(place) === text ? before : new Map(before).set(place, text)));
  }, []);
  const value = useMemo<Claims>(
    () => ({
      claim,
      taken: (place) =>
        new Set([...claims].filter(([other]) => other < place).flatMap(([, text]) => (text ? text.split('\n') : []))),
    }),
    [claim, claims],
  );
  return <ClaimsContext value={value}>{children}</ClaimsContext>;
}

/** What rows above the `place`th one show. */
export function useTaken(place: number): ReadonlySet<string> {
  const claims = useContext(ClaimsContext);
  return useMemo(() => claims?.taken(place) ?? new Set<string>(), [claims, place]);
}

/** Says what the `place`th row shows, for as long as it is on the page. */
export function useClaim(place: number, skus: readonly string[]): void {
  const claim = useContext(ClaimsContext)?.claim;
  const text = skus.join('\n');
  useEffect(() => claim?.(place, text ? text.split('\n') : []), [claim, place, text]);
  useEffect(() => () => claim?.(place, []), [claim, place]);
}
