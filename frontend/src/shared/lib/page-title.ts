import { type RefObject, useEffect, useRef } from 'react';

/** Names the page in the window's title and, after a move inside the application, to screen readers by its heading. */
export function usePageTitle(title: string): void {
  useEffect(() => {
    document.title = title;
  }, [title]);
}

/** Puts the focus on the main part when the address' path changes, as a browser does when it loads a page. */
export function useFocusOnMove(path: string): RefObject<HTMLElement | null> {
  const main = useRef<HTMLElement>(null);
  const last = useRef(path);
  useEffect(() => {
    if (last.current === path) return;
    last.current = path;
    main.current?.focus({ preventScroll: true });
  }, [path]);
  return main;
}
