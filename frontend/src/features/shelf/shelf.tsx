import { type ReactNode, useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react';
import { readFragment } from '~/gql';
import { type ShelfAnswerFragment, WhyFragmentDoc } from '~/gql/graphql';
import { useRecord } from '~/shared/api/use-record';
import { arrange } from '~/shared/lib/arrange';
import { rememberTrail } from '~/shared/lib/trail';
import { Button } from '~/shared/ui/button';
import { Notice } from '~/shared/ui/notice';
import { ProductCard } from '~/shared/ui/product-card';
import { Row, RowSkeleton } from '~/shared/ui/row';
import { Freshness } from './freshness';
import { useClaim, useTaken } from './page-products';
import styles from './shelf.module.css';
import { useImpressions } from './use-impressions';
import { type ShelfRequest, useShelf } from './use-shelf';
import { Why } from './why';

type Edge = ShelfAnswerFragment['edges'][number];

/** What a row is called, what it asks for, and how many cards it may show. */
export interface ShelfProps extends Omit<ShelfRequest, 'first'> {
  title: string;
  /** Where it stands on the page, from 0: a product shows in the first row that has it. */
  place?: number;
  count?: number;
  /** Say what the row knew of the shopper. */
  showFreshness?: boolean;
  /** Buttons of a card. */
  actions?: (sku: string, edge: Edge, recommendationId: string) => ReactNode;
  /** Fewer than this many products, and the row is not shown. */
  least?: number;
}

/** A row of recommendations that explains itself and follows what the shopper does. */
export function Shelf({ title, place = 0, count = 16, showFreshness, actions, least = 4, ...request }: ShelfProps) {
  const { answer, hasFailed, refresh } = useShelf({ ...request, first: Math.min(100, count + 24) });
  const { taken, isTurn } = useTaken(place);
  const [gone, setGone] = useState<ReadonlySet<string>>(new Set());
  const next = useMemo(
    () => (answer?.edges ?? []).filter(({ node }) => !taken.has(node.sku) && !gone.has(node.sku)).slice(0, count),
    [answer, taken, gone, count],
  );
  const { shown, edges, hold } = useHeldOrder(next, gone);
  const isSettled = hasFailed || (answer !== undefined && (shown.length > 0 || next.length === 0));
  useClaim(place, isSettled ? (shown.length < least ? [] : shown) : undefined);
  const [asked, setAsked] = useState<string>();
  const root = useRef<HTMLDivElement>(null);
  useImpressions(root, answer?.recommendationId, shown.join(' '));

  useEffect(() => {
    if (gone.size > 0) root.current?.focus(); // the card that had the focus is gone
  }, [gone]);

  if (!isTurn) return null;
  if (hasFailed) {
    return (
      <Notice
        tone="failed"
        title={`“${title}” cannot be shown now.`}
        action={<Button onClick={refresh}>Try again</Button>}
      >
        The rest of the shop works as usual.
      </Notice>
    );
  }
  if (!answer || !isSettled) return <RowSkeleton title={title} actions={actions !== undefined} />;
  if (shown.length < least) return null;

  const { recommendationId } = answer;
  const askedEdge = asked === undefined ? undefined : edges.get(asked);
  const items = shown.flatMap((sku, at) => {
    const edge = edges.get(sku);
    if (!edge) return [];
    const card = (
      <ShelfCard
        key={sku}
        edge={edge}
        recommendationId={recommendationId}
        eager={place === 0 && at < 4}
        onWhy={() => setAsked(sku)}
      >
        {actions?.(sku, edge, recommendationId)}
      </ShelfCard>
    );
    return [{ key: sku, card }];
  });
  return (
    <div ref={root} tabIndex={-1} className={styles.shelf}>
      <Row
        title={title}
        note={showFreshness ? <Freshness freshness={answer.freshness} /> : undefined}
        onHold={hold}
        items={items}
      />
      {askedEdge && (
        <Why
          edge={askedEdge}
          recommendationId={recommendationId}
          onClose={() => setAsked(undefined)}
          onChange={refresh}
          onReject={(sku) => setGone((before) => new Set(before).add(sku))}
        />
      )}
    </div>
  );
}

/** One recommended product; following it is recorded, and remembered as what led there. */
function ShelfCard({
  edge,
  recommendationId,
  eager,
  onWhy,
  children,
}: {
  edge: Edge;
  recommendationId: string;
  eager: boolean;
  onWhy(): void;
  children: ReactNode;
}) {
  const record = useRecord();
  const { sku, name } = readFragment(WhyFragmentDoc, edge).node;
  const open = () => {
    rememberTrail(sku, recommendationId);
    void record([{ type: 'CLICK', sku, recommendationId }]);
  };
  return (
    <ProductCard
      product={edge.node}
      eager={eager}
      onOpen={open}
      corner={
        <button type="button" className={styles.why} aria-label={`Why this? ${name}`} onClick={onWhy}>
          Why this?
        </button>
      }
    >
      {children}
    </ProductCard>
  );
}

/** Keeps the card that the visitor points at where it is while the others follow the newest answer. */
function useHeldOrder(next: Edge[], gone: ReadonlySet<string>) {
  const [pointedAt, hold] = useState<string>();
  const held = pointedAt !== undefined && gone.has(pointedAt) ? undefined : pointedAt;
  const [shown, setShown] = useState<string[]>([]);
  const [edges, setEdges] = useState<ReadonlyMap<string, Edge>>(new Map());
  useLayoutEffect(() => {
    setShown((before) =>
      arrange(
        before,
        next.map(({ node }) => node.sku),
        held,
      ),
    );
    setEdges((before) => {
      const after = new Map(next.map((edge) => [edge.node.sku, edge]));
      const kept = held === undefined ? undefined : before.get(held);
      if (held !== undefined && kept && !after.has(held)) after.set(held, kept);
      return after;
    });
  }, [next, held]);
  return { shown, edges, hold };
}
