import { type RefObject, useEffect } from 'react';

/**
 * GraphiQL makes a tab of its editor of a list item with two buttons inside, where a tab may hold none and a screen
 * reader would not enter. This makes it what it looks like: a list of buttons, of which one is current.
 */
export function usePlainTabs(within: RefObject<HTMLElement | null>) {
  useEffect(() => {
    const root = within.current;
    if (!root) return;
    const mend = () => {
      for (const list of root.querySelectorAll('.graphiql-tabs[role]')) list.removeAttribute('role');
      for (const tab of root.querySelectorAll('.graphiql-tab[role], .graphiql-tab[aria-selected]')) {
        const current = tab.getAttribute('aria-selected');
        if (current) tab.querySelector('.graphiql-tab-button')?.setAttribute('aria-current', current);
        tab.removeAttribute('role');
        tab.removeAttribute('aria-selected');
      }
    };
    mend();
    const changes = new MutationObserver(mend);
    changes.observe(root, { childList: true, subtree: true, attributeFilter: ['aria-selected'] });
    return () => changes.disconnect();
  }, [within]);
}
