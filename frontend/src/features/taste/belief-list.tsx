import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import type { TasteBeliefFragment, TasteEventFragment } from '~/gql/graphql';
import { percentText, shareList } from '~/shared/lib/share-list';
import { exactTime, relativeTime } from '~/shared/lib/time';
import { Button } from '~/shared/ui/button';
import { Picture } from '~/shared/ui/picture';
import { did } from './did';
import styles from './taste.module.css';
import { useTakeBack } from './use-take-back';

const few = 8;

/** What decides what the visitor is shown: each product with its part, the widest first; what speaks against is named apart. */
export function BeliefList({
  beliefs,
  events,
  onChange,
}: {
  beliefs: TasteBeliefFragment[];
  /** What they did, newest first: where the model remembers a product only, this is what can be taken back. */
  events: TasteEventFragment[];
  onChange(): void;
}) {
  const [isOpen, setOpen] = useState(false);
  const counted = beliefs.filter(({ excluded, influence }) => !excluded && influence !== 0);
  const { pro, others, contra } = shareList(
    counted.map((belief) => ({ ...belief, kind: 'EVENT' as const, share: belief.influence })),
    1,
  );
  const shown = isOpen ? pro : pro.slice(0, few);
  const rest = pro.slice(shown.length).reduce((sum, { percent }) => sum + percent, others);
  const eventOf = (belief: TasteBeliefFragment) => belief.event ?? events.find(({ sku }) => sku === belief.sku);
  const excluded = beliefs.filter((belief) => belief.excluded);
  return (
    <section className={styles.panel} aria-labelledby="beliefs">
      <h2 id="beliefs">What decides</h2>
      <ol className={styles.events} aria-label="What decides what you are shown">
        {shown.map(({ reason, percent }) => (
          <BeliefRow
            key={reason.sku}
            belief={reason}
            event={eventOf(reason)}
            percent={percent}
            widest={pro[0]?.percent}
            onChange={onChange}
          />
        ))}
        {rest > 0 && (
          <li className={styles.rest}>
            <strong className={styles.percent}>{percentText(rest)}</strong>
            <span>
              {pro.length > shown.length ? `${pro.length - shown.length} other products` : 'all else you did'}
            </span>
          </li>
        )}
      </ol>
      {pro.length > few && (
        <Button kind="quiet" size="small" onClick={() => setOpen(!isOpen)}>
          {isOpen ? 'Show fewer' : `Show all ${pro.length}`}
        </Button>
      )}
      {contra.length > 0 && (
        <>
          <h3>Speaks against its like</h3>
          <ul className={styles.events}>
            {contra.map((belief) => (
              <BeliefRow key={belief.sku} belief={belief} event={eventOf(belief)} onChange={onChange} />
            ))}
          </ul>
        </>
      )}
      {excluded.length > 0 && (
        <p className={styles.quiet}>
          Does not count, as you wished: {excluded.map(({ product, sku }) => product?.name ?? sku).join(', ')}.
        </p>
      )}
    </section>
  );
}

function BeliefRow({
  belief: { sku, product },
  event,
  percent,
  widest = 100,
  onChange,
}: {
  belief: TasteBeliefFragment;
  event: Pick<TasteEventFragment, 'id' | 'type' | 'occurredAt' | 'quantity' | 'rating'> | undefined;
  /** Its part of all that speaks for something. */
  percent?: number;
  /** The largest part: its bar fills the row. */
  widest?: number;
  onChange(): void;
}) {
  const { isBusy, takeBack } = useTakeBack(onChange);
  const name = product?.name ?? sku;
  return (
    <li className={styles.event}>
      {percent !== undefined && (
        <span className={styles.bar} style={{ inlineSize: `${(100 * percent) / Math.max(1, widest)}%` }} />
      )}
      <span className={styles.picture}>
        <Picture src={product?.image} />
      </span>
      <span className={styles.what}>
        {product ? (
          <Link to="/product/$sku" params={{ sku }}>
            {name}
          </Link>
        ) : (
          <span>{name}</span>
        )}
        <span className={styles.quiet}>
          {event ? (
            <>
              {did(event)} ·{' '}
              <time dateTime={event.occurredAt} title={exactTime(event.occurredAt)}>
                {relativeTime(event.occurredAt, new Date())}
              </time>
            </>
          ) : (
            'From long ago'
          )}
        </span>
      </span>
      {percent !== undefined && <strong className={styles.percent}>{percentText(percent)}</strong>}
      {event && (
        <Button size="small" isBusy={isBusy} onClick={() => takeBack(event.id, sku)} aria-label={`Don’t use ${name}`}>
          Don’t use this
        </Button>
      )}
    </li>
  );
}
