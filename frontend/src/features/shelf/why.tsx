import { useState } from 'react';
import { readFragment } from '~/gql';
import { type ShelfAnswerFragment, WhyDocument, type WhyReasonFragment, WhyReasonFragmentDoc } from '~/gql/graphql';
import { useGraphql } from '~/shared/api/hooks';
import { useRecord } from '~/shared/api/use-record';
import { percentText, shareList } from '~/shared/lib/share-list';
import { exactTime, relativeTime } from '~/shared/lib/time';
import { Button } from '~/shared/ui/button';
import { Dialog } from '~/shared/ui/dialog';
import { Skeleton } from '~/shared/ui/skeleton';
import { useToast } from '~/shared/ui/toast';
import type { ShelfRequest } from './use-shelf';
import styles from './why.module.css';

const did: Record<string, string> = {
  PRODUCT_VIEW: 'looked at',
  CART_ADD: 'put into the cart',
  CART_REMOVE: 'taken out of the cart',
  ORDER_PLACED: 'bought',
  PURCHASE: 'bought',
  RETURN: 'returned',
  RATING: 'rated',
  NOT_INTERESTED: 'not of interest',
};

/** Answers "why this?": what the shopper did and how much each of it speaks for the product, and what they can do. */
export function Why({
  of,
  request,
  recommendationId,
  onClose,
  onChange,
  onReject,
}: {
  of: ShelfAnswerFragment['edges'][number];
  /** What the row asked, which is asked again about the one product. */
  request: Omit<ShelfRequest, 'first'>;
  recommendationId: string;
  onClose(): void;
  /** The shopper took something back: the row should be asked for again. */
  onChange(): void;
  /** The shopper does not want to see the product again. */
  onReject(sku: string): void;
}) {
  const { sku, name } = of.node;
  const { placement, products, filter } = request;
  const only = { ...filter, skus: [sku], sources: [of.source], includeBought: true, inStock: false };
  const { data, error, refresh } = useGraphql(WhyDocument, { placement, products, filter: only });
  const record = useRecord();
  const say = useToast();
  const [busy, setBusy] = useState<string>();
  const tell = async (key: string, send: () => Promise<boolean>, done: string) => {
    setBusy(key);
    const ok = await send();
    setBusy(undefined);
    say(ok ? done : 'That could not be saved. Try again in a moment.', ok ? 'plain' : 'failed');
    if (ok) {
      onChange();
      onClose();
    }
    return ok;
  };
  const exclude = (ref: string, about?: string) =>
    tell(
      ref,
      () => record([{ type: 'EXCLUDED_FROM_TASTE', ref, sku: about }]),
      'That no longer counts for what you are shown.',
    );
  const reject = async () => {
    const send = () => record([{ type: 'NOT_INTERESTED', sku, recommendationId }]);
    if (await tell('product', send, `${name} will not be recommended again.`)) onReject(sku);
  };
  const edge = data?.recommendations?.edges[0];
  return (
    <Dialog title={`Why ${name}?`} onClose={onClose}>
      {!data && !error && <Skeleton height="9rem" />}
      {error && (
        <p role="alert" className={styles.plain}>
          {error.message} <Button onClick={refresh}>Try again</Button>
        </p>
      )}
      {data && (
        <Reasons
          reasons={edge?.reasons.map((reason) => readFragment(WhyReasonFragmentDoc, reason)) ?? []}
          score={edge?.score ?? 0}
          busy={busy}
          onExclude={exclude}
        />
      )}
      <footer className={styles.footer}>
        <Button isBusy={busy === 'product'} onClick={reject}>
          Not interested
        </Button>
      </footer>
    </Dialog>
  );
}

function Reasons({
  reasons,
  score,
  busy,
  onExclude,
}: {
  reasons: WhyReasonFragment[];
  score: number;
  /** The event that is being taken back. */
  busy: string | undefined;
  onExclude(event: string, sku?: string): void;
}) {
  const { pro, others, contra } = shareList(reasons, score);
  return (
    <>
      {pro.length > 0 && (
        <ol className={styles.shares} aria-label="What speaks for it">
          {pro.map(({ reason: { product, text, event }, percent }) => (
            <li key={event?.id ?? text} className={styles.share}>
              <span className={styles.bar} style={{ inlineSize: `${percent}%` }} />
              <span className={styles.percent}>{percentText(percent)}</span>
              <span className={styles.text}>
                {event ? (product?.name ?? text) : text}
                {event && (
                  <span className={styles.when} title={exactTime(event.occurredAt)}>
                    {did[event.type] ?? 'noticed'} {relativeTime(event.occurredAt, new Date())}
                  </span>
                )}
              </span>
              {event && (
                <Button
                  kind="quiet"
                  size="small"
                  isBusy={busy === event.id}
                  onClick={() => onExclude(event.id, product?.sku)}
                  aria-label={`Don’t use ${product?.name ?? text}`}
                >
                  Don’t use this
                </Button>
              )}
            </li>
          ))}
          {others > 0 && (
            <li className={styles.share}>
              <span className={styles.bar} style={{ inlineSize: `${others}%` }} />
              <span className={styles.percent}>{percentText(others)}</span>
              <span className={styles.text}>everything else you did</span>
            </li>
          )}
        </ol>
      )}
      {contra.length > 0 && (
        <p className={styles.contra}>
          Speaks against it: {contra.map(({ product, text }) => product?.name ?? inSentence(text)).join(', ')}.
        </p>
      )}
      {reasons
        .filter(({ kind, share }) => (kind === 'GAIN' ? isFelt(share, score) : kind !== 'EVENT' && kind !== 'PRIOR'))
        .map(({ text }) => (
          <p key={text} className={styles.plain}>
            {text}.
          </p>
        ))}
      {reasons.length === 0 && <p className={styles.plain}>Many other shoppers chose it.</p>}
    </>
  );
}

/** A reason's text within a sentence. */
const inSentence = (text: string) => text.charAt(0).toLowerCase() + text.slice(1);

/** Whether the product's own gain changes its score by half a percent or more. */
const isFelt = (share: number | null | undefined, score: number) => Math.abs(share ?? 0) >= Math.abs(score) / 200;
