import { useState } from 'react';
import { type FragmentType, readFragment } from '~/gql';
import { WhyFragmentDoc } from '~/gql/graphql';
import { useRecord } from '~/shared/api/use-record';
import { exactTime, relativeTime } from '~/shared/lib/time';
import { Button } from '~/shared/ui/button';
import { Dialog } from '~/shared/ui/dialog';
import { useToast } from '~/shared/ui/toast';
import { shareList } from './share-list';
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
  edge,
  recommendationId,
  onClose,
  onChange,
  onReject,
}: {
  edge: FragmentType<typeof WhyFragmentDoc>;
  recommendationId: string;
  onClose(): void;
  /** The shopper took something back: the row should be asked for again. */
  onChange(): void;
  /** The shopper does not want to see the product again. */
  onReject(sku: string): void;
}) {
  const { node, score, reasons } = readFragment(WhyFragmentDoc, edge);
  const record = useRecord();
  const say = useToast();
  const [busy, setBusy] = useState<string>();
  const { pro, others, contra } = shareList(reasons, score);
  const plain = reasons.filter((reason) => reason.kind !== 'EVENT');
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
  const exclude = (ref: string) =>
    tell(ref, () => record([{ type: 'EXCLUDED_FROM_TASTE', ref }]), 'That no longer counts for what you are shown.');
  const reject = async () => {
    const send = () => record([{ type: 'NOT_INTERESTED', sku: node.sku, recommendationId }]);
    if (await tell('product', send, `${node.name} will not be recommended again.`)) onReject(node.sku);
  };
  return (
    <Dialog title={`Why ${node.name}?`} onClose={onClose}>
      {pro.length > 0 && (
        <ol className={styles.shares} aria-label="What speaks for it">
          {pro.map(({ reason, percent }) => (
            <li key={reason.event?.id ?? reason.text} className={styles.share}>
              <span className={styles.bar} style={{ inlineSize: `${percent}%` }} />
              <span className={styles.percent}>{percent < 1 ? '< 1' : Math.round(percent)} %</span>
              <span className={styles.text}>
                {reason.product?.name ?? reason.text}
                {reason.event && (
                  <span className={styles.when} title={exactTime(reason.event.occurredAt)}>
                    {did[reason.event.type] ?? 'noticed'} {relativeTime(reason.event.occurredAt, new Date())}
                  </span>
                )}
              </span>
              {reason.event && (
                <Button
                  kind="quiet"
                  size="small"
                  isBusy={busy === reason.event.id}
                  onClick={() => reason.event && exclude(reason.event.id)}
                >
                  Don’t use this
                </Button>
              )}
            </li>
          ))}
          {others >= 0.5 && (
            <li className={styles.share}>
              <span className={styles.bar} style={{ inlineSize: `${others}%` }} />
              <span className={styles.percent}>{Math.round(others)} %</span>
              <span className={styles.text}>everything else you did</span>
            </li>
          )}
        </ol>
      )}
      {contra.length > 0 && (
        <p className={styles.contra}>
          Speaks against it: {contra.map((reason) => reason.product?.name ?? reason.text).join(', ')}.
        </p>
      )}
      {plain.map((reason) => (
        <p key={reason.text} className={styles.plain}>
          {reason.text}
        </p>
      ))}
      {reasons.length === 0 && <p className={styles.plain}>Many other shoppers chose it.</p>}
      <footer className={styles.footer}>
        <Button isBusy={busy === 'product'} onClick={reject}>
          Not interested
        </Button>
      </footer>
    </Dialog>
  );
}
