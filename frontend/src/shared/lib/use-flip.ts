import { type RefObject, useLayoutEffect, useRef } from 'react';

const timing = { duration: 200, easing: 'cubic-bezier(0.2, 0.7, 0.3, 1)' };

/**
 * Shows where the children of a list went when their order changes: each
 * slides from its old place, new ones fade in. Children are known by their
 * data-key. Nothing moves on the first showing or under reduced motion.
 */
export function useFlip(list: RefObject<HTMLElement | null>, order: string): void {
  const places = useRef<Map<string, number> | null>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: it measures whenever the order changes
  useLayoutEffect(() => {
    const element = list.current;
    if (!element) return;
    const before = places.current;
    const now = new Map<string, number>();
    const still = typeof window.matchMedia === 'function' && matchMedia('(prefers-reduced-motion: reduce)').matches;
    for (const child of element.children) {
      if (!(child instanceof HTMLElement) || !child.dataset.key) continue;
      now.set(child.dataset.key, child.offsetLeft);
      if (!before || still || typeof child.animate !== 'function') continue;
      const from = before.get(child.dataset.key);
      if (from === undefined) child.animate([{ opacity: 0 }, { opacity: 1 }], timing);
      else if (from !== child.offsetLeft) {
        child.animate([{ transform: `translateX(${from - child.offsetLeft}px)` }, { transform: 'none' }], timing);
      }
    }
    places.current = now;
  }, [list, order]);
}
