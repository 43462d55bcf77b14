import { type RefObject, useLayoutEffect, useRef } from 'react';

const timing = { duration: 200, easing: 'cubic-bezier(0.2, 0.7, 0.3, 1)' };

/**
 * Shows where the children of a list went when their order changes: each
 * slides from its old place, new ones fade in. Children are known by their
 * data-key. Nothing moves on the first showing, when cards are added behind the
 * others, or under reduced motion. Places are noted when the browser has laid the list out anyway: asking for them at
 * once would make it do so twice.
 */
export function useFlip(list: RefObject<HTMLElement | null>, order: string): void {
  const noted = useRef<{ order: string; places: ReadonlyMap<string, number> }>(undefined);
  useLayoutEffect(() => {
    const element = list.current;
    if (!element) return;
    const before = noted.current;
    if (before && !order.startsWith(before.order) && !matchMedia('(prefers-reduced-motion: reduce)').matches) {
      for (const [key, child] of keyed(element)) slide(child, before.places.get(key));
    }
    const note = () => {
      noted.current = { order, places: new Map([...keyed(element)].map(([key, child]) => [key, child.offsetLeft])) };
    };
    let later: ReturnType<typeof setTimeout>;
    const frame = requestAnimationFrame(() => {
      later = setTimeout(note);
    });
    return () => {
      cancelAnimationFrame(frame);
      clearTimeout(later);
    };
  }, [list, order]);
}

function* keyed(list: HTMLElement): Generator<[string, HTMLElement]> {
  for (const child of list.children) {
    if (child instanceof HTMLElement && child.dataset.key) yield [child.dataset.key, child];
  }
}

function slide(child: HTMLElement, from: number | undefined): void {
  if (from === undefined) child.animate?.([{ opacity: 0 }, { opacity: 1 }], timing);
  else if (from !== child.offsetLeft) {
    child.animate?.([{ transform: `translateX(${from - child.offsetLeft}px)` }, { transform: 'none' }], timing);
  }
}
