import { type RefObject, useEffect, useState } from 'react';

/**
 * Whether an element is in sight or less than half a window away; once it was,
 * it stays so. It looks again whenever `key` changes, for an element that comes
 * later. Where nothing can tell (in tests), everything is near.
 */
export function useNear(element: RefObject<HTMLElement | null>, key: unknown): boolean {
  const [isNear, setNear] = useState(() => typeof IntersectionObserver === 'undefined');
  // biome-ignore lint/correctness/useExhaustiveDependencies: the key says when there may be another element
  useEffect(() => {
    if (isNear || !element.current) return;
    const observer = new IntersectionObserver(
      (entries) => {
        if (entries.some(({ isIntersecting }) => isIntersecting)) setNear(true);
      },
      { rootMargin: '50% 0px' },
    );
    observer.observe(element.current);
    return () => observer.disconnect();
  }, [element, isNear, key]);
  return isNear;
}
