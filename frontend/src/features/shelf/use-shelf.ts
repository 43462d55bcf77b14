import { useCallback, useState } from 'react';
import { readFragment } from '~/gql';
import {
  type RecommendationFilter,
  type ShelfAnswerFragment,
  ShelfAnswerFragmentDoc,
  ShelfDocument,
  ShelfUpdatedDocument,
} from '~/gql/graphql';
import { useGraphql, useLive } from '~/shared/api/hooks';
import { useIdle } from '~/shared/lib/use-idle';

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
 * message. With `pause` it asks nothing yet.
 */
export function useShelf({ placement, products, filter, first, isLive = false }: ShelfRequest, pause: boolean) {
  const query = useGraphql(ShelfDocument, { placement, products, filter, first }, { pause });
  const asked = query.data?.recommendations;
  const [pushed, setPushed] = useState<{ after: unknown; answer: ShelfAnswerFragment }>();
  const isIdle = useIdle(asked !== undefined);
  useLive(
    ShelfUpdatedDocument,
    { placement, products, first },
    useCallback(
      ({ recommendationsUpdated }) =>
        setPushed({ after: asked, answer: readFragment(ShelfAnswerFragmentDoc, recommendationsUpdated) }),
      [asked],
    ),
    { pause: !isLive || !isIdle },
  );
  const answer =
    pushed && pushed.after === asked ? pushed.answer : (readFragment(ShelfAnswerFragmentDoc, asked) ?? undefined);
  return { answer, hasFailed: !answer && !query.isPending, refresh: query.refresh };
}
