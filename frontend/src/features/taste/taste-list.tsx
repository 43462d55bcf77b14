import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { readFragment } from '~/gql';
import { TasteBeliefFragmentDoc, TasteDocument, type TasteEventFragment, TasteEventFragmentDoc } from '~/gql/graphql';
import { useGraphql } from '~/shared/api/hooks';
import { exactTime, relativeTime } from '~/shared/lib/time';
import { Button } from '~/shared/ui/button';
import { SearchIcon } from '~/shared/ui/icons';
import { Notice } from '~/shared/ui/notice';
import { Picture } from '~/shared/ui/picture';
import { Skeleton } from '~/shared/ui/skeleton';
import { BeliefList } from './belief-list';
import { did } from './did';
import styles from './taste.module.css';
import { useTakeBack } from './use-take-back';

/** How many of the last things are listed. */
const few = 12;

/** What the shop makes of what the visitor did, and what they did lately, each with a way to take it back; then what follows. */
export function TasteList({ children }: { children?: ReactNode }) {
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
  const { events, beliefs } = data.viewer.taste;
  if (events.length === 0 && beliefs.length === 0) {
    return (
      <>
        <Notice title="The shop knows nothing of you yet." action={<Link to="/">Look around</Link>}>
          What you look at and buy will stand here, and you decide what counts.
        </Notice>
        {children}
      </>
    );
  }
  const done = events.map((event) => readFragment(TasteEventFragmentDoc, event));
  return (
    <>
      <div className={styles.columns}>
        {beliefs.length > 0 && (
          <BeliefList
            beliefs={beliefs.map((belief) => readFragment(TasteBeliefFragmentDoc, belief))}
            events={done}
            onChange={refresh}
          />
        )}
        <section className={styles.panel} aria-labelledby="lately">
          <h2 id="lately">What you did lately</h2>
          <ul className={styles.events}>
            {done.slice(0, few).map((event) => (
              <TasteEvent key={event.id} event={event} onChange={refresh} />
            ))}
          </ul>
        </section>
      </div>
      {children}
    </>
  );
}

function TasteEvent({ event, onChange }: { event: TasteEventFragment; onChange(): void }) {
  const { id, occurredAt, sku, query, product } = event;
  const { isBusy, takeBack } = useTakeBack(onChange);
  const what = product?.name ?? query ?? sku ?? '';
  return (
    <li className={styles.event}>
      <span className={styles.picture}>
        {product ? <Picture src={product.image} /> : <SearchIcon size={20} stroke={1.5} />}
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
          {did(event)} ·{' '}
          <time dateTime={occurredAt} title={exactTime(occurredAt)}>
            {relativeTime(occurredAt, new Date())}
          </time>
        </span>
      </span>
      <Button size="small" isBusy={isBusy} onClick={() => takeBack(id, sku)} aria-label={`Don’t use ${what}`}>
        Don’t use this
      </Button>
    </li>
  );
}
