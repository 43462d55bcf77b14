import { memo, type ReactNode } from 'react';
import type { ShelfAnswerFragment } from '~/gql/graphql';
import { useRecord } from '~/shared/api/use-record';
import { rememberTrail } from '~/shared/lib/trail';
import { ProductCard } from '~/shared/ui/product-card';
import styles from './shelf.module.css';

type Edge = ShelfAnswerFragment['edges'][number];

/** Makes the buttons of a card. */
export type CardActions = (edge: Edge, recommendationId: string) => ReactNode;

/** One recommended product; following it is recorded, and remembered as what led there. */
export const ShelfCard = memo(function ShelfCard({
  edge,
  recommendationId,
  eager,
  onWhy,
  actions,
}: {
  edge: Edge;
  recommendationId: string;
  eager: boolean;
  onWhy(edge: Edge): void;
  actions?: CardActions;
}) {
  const record = useRecord();
  const { sku, name } = edge.node;
  const open = () => {
    rememberTrail(sku, recommendationId);
    void record([{ type: 'CLICK', sku, recommendationId }]);
  };
  return (
    <ProductCard
      product={edge.node}
      eager={eager}
      onOpen={open}
      note={edge.reasons[0]?.kind === 'RHYTHM' ? edge.reasons[0].text : undefined}
      corner={
        <button type="button" className={styles.why} aria-label={`Why this? ${name}`} onClick={() => onWhy(edge)}>
          Why this?
        </button>
      }
    >
      {actions?.(edge, recommendationId)}
    </ProductCard>
  );
});
