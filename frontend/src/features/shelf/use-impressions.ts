import { type RefObject, useEffect, useRef } from 'react';
import { useRecord } from '~/shared/api/use-record';

/**
 * Records that a card was seen: half of it visible for a second, once for each
 * product while the row is on the page, whichever answer it came with.
 */
export function useImpressions(
  root: RefObject<HTMLElement | null>,
  recommendationId: string | undefined,
  order: string,
) {
  const record = useRecord();
  const seen = useRef(new Set<string>());
  // biome-ignore lint/correctness/useExhaustiveDependencies: it looks again at the cards when their order changes
  useEffect(() => {
    if (!root.current || !recommendationId || typeof IntersectionObserver === 'undefined') return;
    const waiting = new Map<string, ReturnType<typeof setTimeout>>();
    let batch: string[] = [];
    const flush = () => {
      const events = batch.map((sku) => ({ type: 'IMPRESSION' as const, sku, recommendationId }));
      batch = [];
      if (events.length > 0) void record(events);
    };
    const observer = new IntersectionObserver(
      (entries) => {
        for (const { target, isIntersecting } of entries) {
          const sku = (target as HTMLElement).dataset.key ?? '';
          clearTimeout(waiting.get(sku));
          if (!isIntersecting || seen.current.has(sku)) continue;
          const timer = setTimeout(() => {
            seen.current.add(sku);
            batch.push(sku);
            if (batch.length === 1) setTimeout(flush, 100);
          }, 1000);
          waiting.set(sku, timer);
        }
      },
      { threshold: 0.5 },
    );
    const list = root.current;
    const look = () => {
      for (const item of list.querySelectorAll('[data-key]')) observer.observe(item);
    };
    look();
    const more = new MutationObserver(look); // the cards out of sight are drawn a moment later
    more.observe(list, { childList: true, subtree: true });
    return () => {
      more.disconnect();
      observer.disconnect();
      for (const timer of waiting.values()) clearTimeout(timer);
    };
  }, [root, recommendationId, order, record]);
}
