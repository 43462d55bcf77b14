import { useState } from 'react';
import { CustomerTasteDocument, type CustomerTasteQuery } from '~/gql/graphql';
import { useGraphql } from '~/shared/api/hooks';
import { exactTime, relativeTime } from '~/shared/lib/time';
import { Notice } from '~/shared/ui/notice';
import { Panel } from '~/shared/ui/panel';
import { Picture } from '~/shared/ui/picture';
import { Skeleton } from '~/shared/ui/skeleton';
import styles from './customers.module.css';
import { whatHappened } from './what-happened';

type Customer = NonNullable<CustomerTasteQuery['customer']>;
type Answer = NonNullable<Customer['recommendations']>;
type Edge = Answer['edges'][number];

/** What is pointed at: something done with a product, or a product that would be shown. */
type Pointed = { side: 'done' | 'shown'; sku: string } | undefined;

/** What a customer did beside what they would be shown: pointing at either lights up its part of the other. */
export function CustomerTaste({ id, placement }: { id: string; placement: string }) {
  const { data, error, isPending } = useGraphql(CustomerTasteDocument, { id, placement, events: 50, products: 12 });
  const [pointed, point] = useState<Pointed>();
  if (isPending) return <Skeleton height="32rem" radius="var(--radius-card)" />;
  if (error || !data.customer) {
    return (
      <Notice tone="failed" title="Their history cannot be shown now.">
        {error?.message}
      </Notice>
    );
  }
  const { history, recommendations, profile } = data.customer;
  return (
    <div className={styles.beside}>
      <div className={styles.column}>
        <Done history={history} shown={recommendations?.edges ?? []} pointed={pointed} point={point} />
        {profile.length > 0 && <Profile beliefs={profile} />}
      </div>
      <div className={styles.column}>
        {recommendations ? (
          <Shown answer={recommendations} pointed={pointed} point={point} />
        ) : (
          <Notice tone="failed" title="There is no answer now." />
        )}
      </div>
    </div>
  );
}

interface Pointing {
  pointed: Pointed;
  point(what: Pointed): void;
}

/** The handlers that make a thing something one can point at. */
const pointAt = (point: Pointing['point'], what: NonNullable<Pointed>) => ({
  onMouseEnter: () => point(what),
  onMouseLeave: () => point(undefined),
  onFocus: () => point(what),
  onBlur: () => point(undefined),
});

/** What is for a product, all together: the shares are shown as parts of it. */
const wholeOf = (edge: Edge) => edge.reasons.reduce((sum, { share }) => sum + Math.max(0, share ?? 0), 0);

/** The part that a product of the history has in a product shown; nothing if it rounds to none. */
function shareOf(edge: Edge | undefined, sku: string | null | undefined): number | undefined {
  const share = edge?.reasons.find((reason) => reason.kind === 'EVENT' && reason.product?.sku === sku)?.share;
  if (!edge || typeof share !== 'number' || Math.abs(share) < wholeOf(edge) / 200) return undefined;
  return share;
}

const percent = (share: number, edge: Edge) => {
  const whole = wholeOf(edge);
  return whole > 0 ? `${share < 0 ? '−' : ''}${Math.round((100 * Math.abs(share)) / whole)} %` : '';
};

function Done({ history, shown, pointed, point }: { history: Customer['history']; shown: Edge[] } & Pointing) {
  const now = new Date();
  const target = pointed?.side === 'shown' ? shown.find(({ node }) => node.sku === pointed.sku) : undefined;
  const explains = (sku: string) => shown.some((edge) => shareOf(edge, sku) !== undefined);
  if (history.edges.length === 0) {
    return <Notice title="They have done nothing yet.">Views, carts, orders and ratings will stand here.</Notice>;
  }
  return (
    <Panel title={history.pageInfo.hasNextPage ? `The last ${history.edges.length} things they did` : 'What they did'}>
      <ol className={styles.timeline}>
        {history.edges.map(({ node }) => {
          const share = shareOf(target, node.sku);
          const says = (
            <>
              <span>{whatHappened(node)}</span>
              <time dateTime={node.occurredAt} title={exactTime(node.occurredAt)}>
                {relativeTime(node.occurredAt, now)}
              </time>
            </>
          );
          return (
            <li key={node.id} data-lit={share === undefined ? undefined : share < 0 ? 'against' : 'for'}>
              {node.sku && explains(node.sku) ? (
                <button type="button" className={styles.moment} {...pointAt(point, { side: 'done', sku: node.sku })}>
                  {says}
                </button>
              ) : (
                <span className={styles.moment}>{says}</span>
              )}
              {target && share !== undefined && <span className={styles.part}>{percent(share, target)}</span>}
            </li>
          );
        })}
      </ol>
    </Panel>
  );
}

function Shown({ answer, pointed, point }: { answer: Answer } & Pointing) {
  if (answer.edges.length === 0) {
    return <Notice title="Nothing would be shown.">No source of this place has anything for this customer.</Notice>;
  }
  return (
    <Panel title="What they would be shown now" aside={<Served answer={answer} />}>
      <ol className={styles.shown}>
        {answer.edges.map((edge) => {
          const { node, source } = edge;
          const share = pointed?.side === 'done' ? shareOf(edge, pointed.sku) : undefined;
          return (
            <li key={node.sku} data-lit={share === undefined ? undefined : share < 0 ? 'against' : 'for'}>
              <button type="button" className={styles.product} {...pointAt(point, { side: 'shown', sku: node.sku })}>
                <Picture src={node.image} />
                <span>
                  <strong>{node.name}</strong>
                  <span className={styles.quiet}>
                    {node.vendor?.name} · {source.toLowerCase().replaceAll('_', ' ')}
                  </span>
                </span>
              </button>
              <Why edge={edge} />
              {share !== undefined && <span className={styles.part}>{percent(share, edge)}</span>}
            </li>
          );
        })}
      </ol>
    </Panel>
  );
}

function Why({ edge }: { edge: Edge }) {
  const widest = edge.reasons.slice(0, 3);
  return (
    <ul className={styles.reasons}>
      {widest.map((reason) => (
        <li key={reason.event?.id ?? reason.text}>
          {typeof reason.share === 'number' && (
            <span className={styles.share} data-against={reason.share < 0 || undefined}>
              {percent(reason.share, edge)}
            </span>
          )}
          <span>{reason.kind === 'EVENT' ? (reason.product?.name ?? reason.text) : reason.text}</span>
        </li>
      ))}
      {edge.reasons.length > widest.length && <li>and {edge.reasons.length - widest.length} more</li>}
    </ul>
  );
}

function Served({ answer: { freshness, model } }: { answer: Answer }) {
  const now = new Date();
  const known = freshness.profileThrough
    ? `knows them to ${relativeTime(freshness.profileThrough, now)}`
    : 'a stranger to it';
  const pending = freshness.pendingEvents > 0 ? ` · ${freshness.pendingEvents} events not counted yet` : '';
  const late = freshness.late.length > 0 ? ` · late: ${freshness.late.join(', ')}` : '';
  return (
    <span className={styles.quiet}>
      {model ? `Model ${model.name.slice(0, 8)}` : 'No model'} · {known} · {freshness.tookMs.toFixed(1)} ms{pending}
      {late}
    </span>
  );
}

function Profile({ beliefs }: { beliefs: Customer['profile'] }) {
  const widest = Math.max(...beliefs.map(({ influence }) => Math.abs(influence)), Number.EPSILON);
  return (
    <Panel title="What the model makes of it">
      <ul className={styles.beliefs}>
        {beliefs.map(({ sku, product, influence }) => (
          <li key={sku}>
            <span>{product?.name ?? sku}</span>
            <meter
              min={0}
              max={widest}
              value={Math.abs(influence)}
              aria-label={`Influence of ${product?.name ?? sku}`}
            />
            <span className={styles.number}>{(100 * influence).toFixed(1)} %</span>
          </li>
        ))}
      </ul>
    </Panel>
  );
}
