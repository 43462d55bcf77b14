import { type FragmentType, readFragment } from '~/gql';
import { ShelfFreshnessFragmentDoc } from '~/gql/graphql';
import { exactTime, relativeTime } from '~/shared/lib/time';
import { useNow } from '~/shared/lib/use-now';
import styles from './shelf.module.css';

/** Says, quietly, what a row knew of the shopper when it was made. A row that is about no shopper says nothing. */
export function Freshness({ freshness }: { freshness: FragmentType<typeof ShelfFreshnessFragmentDoc> }) {
  const { served, profileThrough, trainedAt, pendingEvents } = readFragment(ShelfFreshnessFragmentDoc, freshness);
  const now = useNow(1000);
  const at = served === 'FOLD_IN' ? profileThrough : served === 'PRECOMPUTED' ? trainedAt : undefined;
  if (!at) return null;
  const behind = pendingEvents > 0 ? `, ${pendingEvents} of your last actions not counted yet` : '';
  return (
    <span className={styles.fresh} title={exactTime(at)}>
      {served === 'FOLD_IN' ? 'Knows what you did' : 'Learnt'} {relativeTime(at, now)}
      {behind}
    </span>
  );
}
