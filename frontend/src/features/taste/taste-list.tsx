import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { type FragmentType, readFragment } from '~/gql';
import { TasteDocument, TasteEventFragmentDoc } from '~/gql/graphql';
import { useGraphql } from '~/shared/api/hooks';
import { useRecord } from '~/shared/api/use-record';
import { exactTime, relativeTime } from '~/shared/lib/time';
import { Button } from '~/shared/ui/button';
import { Notice } from '~/shared/ui/notice';
import { Picture } from '~/shared/ui/picture';
import { Skeleton } from '~/shared/ui/skeleton';
import { useToast } from '~/shared/ui/toast';
import styles from './taste.module.css';

const did: Record<string, string> = {
  PRODUCT_VIEW: 'You looked at it',
  CART_ADD: 'You put it into the cart',
  CART_REMOVE: 'You took it out of the cart',
  ORDER_PLACED: 'You bought it',
  PURCHASE: 'You bought it',
  RETURN: 'You returned it',
  RATING: 'You rated it',
  NOT_INTERESTED: 'You are not interested in it',
  SEARCH: 'You searched',
};

/** What the visitor did lately, each with a way to take it back. */
export function TasteList() {
  const { data, error, isPending, refresh } = useGraphql(TasteDocument, { first: 50 });
  if (isPending) return <Skeleton height="16rem" radius="var(--radius-card)" />;
  if (error) {
    return (
      <Notice
        tone="failed"
        title="Your taste cannot be shown now."
        action={<Button onClick={refresh}>Try again</Button>}
      >
        {error.message}
      </Notice>
    );
  }
  const { events } = data.viewer.taste;
  if (events.length === 0) {
    return (
      <Notice title="The shop knows nothing of you yet." action={<Link to="/">Look around</Link>}>
        What you look at and buy will stand here, and you decide what counts.
      </Notice>
    );
  }
  return (
    <ul className={styles.events}>
      {events.map((event) => (
        <TasteEvent key={event.id} event={event} onChange={refresh} />
      ))}
    </ul>
  );
}

function TasteEvent({ event, onChange }: { event: FragmentType<typeof TasteEventFragmentDoc>; onChange(): void }) {
  const { id, type, occurredAt, sku, quantity, rating, query, product } = readFragment(TasteEventFragmentDoc, event);
  const record = useRecord();
  const say = useToast();
  const [isBusy, setBusy] = useState(false);
  const takeBack = async () => {
    setBusy(true);
    const ok = await record([{ type: 'EXCLUDED_FROM_TASTE', ref: id }]);
    setBusy(false);
    say(ok ? 'That no longer counts.' : 'That could not be saved. Try again in a moment.', ok ? 'plain' : 'failed');
    if (ok) onChange();
  };
  const what = product?.name ?? query ?? sku ?? '';
  return (
    <li className={styles.event}>
      <span className={styles.picture}>
        <Picture src={product?.image} />
      </span>
      <span className={styles.what}>
        {product ? (
          <Link to="/product/$sku" params={{ sku: product.sku }}>
            {product.name}
          </Link>
        ) : (
          <span>{what}</span>
        )}
        <span className={styles.quiet}>
          {did[type] ?? type}
          {quantity && quantity > 1 ? `, ${quantity} pieces` : ''}
          {rating ? `, ${rating} of 5` : ''} ·{' '}
          <time dateTime={occurredAt} title={exactTime(occurredAt)}>
            {relativeTime(occurredAt, new Date())}
          </time>
        </span>
      </span>
      <Button size="small" isBusy={isBusy} onClick={takeBack} aria-label={`Don’t use ${what}`}>
        Don’t use this
      </Button>
    </li>
  );
}
