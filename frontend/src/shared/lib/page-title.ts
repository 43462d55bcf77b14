import { useEffect } from 'react';
import { useShopName } from '~/shared/api/use-shop-name';

/**
 * Names the page in the window's title: what it shows, then the shop it is of; the console and the playground say
 * that they are one.
 */
export function usePageTitle(page?: string, room?: 'console' | 'playground'): void {
  const shop = useShopName();
  const title = [page, [shop, room].filter(Boolean).join(' ')].filter(Boolean).join(' · ');
  useEffect(() => {
    document.title = title;
  }, [title]);
}
