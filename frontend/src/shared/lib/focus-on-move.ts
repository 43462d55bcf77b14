import { useRouterState } from '@tanstack/react-router';
import { type RefObject, useEffect, useRef } from 'react';

/**
 * After a move inside the application puts the focus on the page's heading, so
 * that screen readers say where one is and Tab goes on from there. Until the
 * heading is there, the main part has the focus; whoever goes elsewhere in the
 * meantime is left alone.
 */
export function useFocusOnMove(): RefObject<HTMLElement | null> {
  // Where the page that is shown belongs: the address itself changes before its page is there.
  const path = useRouterState({ select: ({ resolvedLocation, location }) => (resolvedLocation ?? location).pathname });
  const main = useRef<HTMLElement>(null);
  const last = useRef(path);
  useEffect(() => {
    const element = main.current;
    if (last.current === path || !element) return;
    last.current = path;
    element.focus({ preventScroll: true });
    const toHeading = () => {
      const heading = element.querySelector('h1');
      if (!heading || heading.querySelector('[data-loading]')) return false;
      if (document.activeElement === element || document.activeElement === document.body) {
        heading.tabIndex = -1;
        heading.focus({ preventScroll: true });
      }
      return true;
    };
    if (toHeading()) return;
    const observer = new MutationObserver(() => toHeading() && observer.disconnect());
    observer.observe(element, { childList: true, subtree: true });
    return () => observer.disconnect();
  }, [path]);
  return main;
}
