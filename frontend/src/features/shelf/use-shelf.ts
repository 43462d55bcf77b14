import { useCallback, useEffect, useState } from 'react';
import { type FragmentType, readFragment } from '~/gql';
import {
  type RecommendationFilter,
  type ShelfAnswerFragment,
  ShelfAnswerFragmentDoc,
  ShelfDocument,
  ShelfUpdatedDocument,
} from '~/gql/graphql';
import { useGraphql, useLive } from '~/shared/api/hooks';

/** What a row asks for. */
export interface ShelfRequest {
  placement: string;
  products?: string[];
  filter?: RecommendationFilter;
  first: number;
  /** Follow it: the row changes while one shops. Only rows without a filter can. */
  isLive?: boolean;
}

/**
 * Asks for a row and follows it. Whatever came last is shown: the answer to
 * the query, which the cache asks anew after a purchase, or the subscription's
 * message.
 */
export function useShelf({ placement, products, filter, first, isLive = false }: ShelfRequest) {
  const query = useGraphql(ShelfDocument, { placement, products, filter, first });
  const [answer, setAnswer] = useState<ShelfAnswerFragment | null>();
  const take = useCallback(
    (next: FragmentType<typeof ShelfAnswerFragmentDoc> | null | undefined) =>
      setAnswer(next ? readFragment(ShelfAnswerFragmentDoc, next) : null),
    [],
  );
  const asked = query.data?.recommendations;
  useEffect(() => {
    if (asked) take(asked);
  }, [asked, take]);
  useLive(ShelfUpdatedDocument, { placement, products, first }, (data) => take(data.recommendationsUpdated), {
    pause: !isLive,
  });
  const hasFailed = !answer && !query.isPending && !asked;
  return { answer: answer ?? undefined, hasFailed, refresh: query.refresh };
}
