import { type FragmentType, readFragment } from '~/gql';
import { ShelfFreshnessFragmentDoc } from '~/gql/graphql';
import { exactTime, relativeTime } from '~/shared/lib/time';
import { useNow } from '~/shared/lib/use-now';

/** Says, quietly, what a row knew of the shopper when it was made. */
export function Freshness({ freshness }: { freshness: FragmentType<typeof ShelfFreshnessFragmentDoc> }) {
  const { served, profileThrough, trainedAt, pendingEvents } = readFragment(ShelfFreshnessFragmentDoc, freshness);
  const now = useNow(1000);
  if (served === 'FALLBACK' || !profileThrough) return <span>What others choose, until the shop knows you better</span>;
  const behind = pendingEvents > 0 && ` · ${pendingEvents} of your last actions not counted yet`;
  if (served === 'PRECOMPUTED' && trainedAt) {
    return (
      <span title={exactTime(trainedAt)}>
        Made {relativeTime(trainedAt, now)}
        {behind}
      </span>
    );
  }
  return (
    <span title={exactTime(profileThrough)}>
      Knows what you did {relativeTime(profileThrough, now)}
      {behind}
    </span>
  );
}
