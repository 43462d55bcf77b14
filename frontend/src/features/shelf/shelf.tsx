import { useEffect, useMemo, useRef, useState } from 'react';
import type { ShelfAnswerFragment } from '~/gql/graphql';
import { arrange } from '~/shared/lib/arrange';
import { useNear } from '~/shared/lib/use-near';
import { Button } from '~/shared/ui/button';
import { Notice } from '~/shared/ui/notice';
import { Row, RowSkeleton } from '~/shared/ui/row';
import { becauseOf } from './because';
import { Freshness } from './freshness';
import { useClaim, useTaken } from './page-products';
import styles from './shelf.module.css';
import { type CardActions, ShelfCard } from './shelf-card';
import { useImpressions } from './use-impressions';
import { type ShelfRequest, useShelf } from './use-shelf';
import { Why } from './why';

type Edge = ShelfAnswerFragment['edges'][number];

/** What a row is called, what it asks for, and how many cards it may show. */
export interface ShelfProps extends Omit<ShelfRequest, 'first'> {
  title: string;
  /** Why these products, in words; the shopper's own part in it, where there is one, stands instead. */
  why: string;
  /** Where it stands on the page, from 0: a product shows in the first row that has it. */
  place?: number;
  count?: number;
  /** It is in sight when the page opens: ask at once, not when it comes near. */
  isFirst?: boolean;
  /** Buttons of a card. The same function every time, or every card is drawn anew. */
  actions?: CardActions;
  /** Fewer than this many products, and the row is not shown. */
  least?: number;
}

/** A row of recommendations that explains itself and follows what the shopper does. */
export function Shelf({
  title,
  why,
  place = 0,
  count = 16,
  isFirst = false,
  actions,
  least = 4,
  ...request
}: ShelfProps) {
  const root = useRef<HTMLDivElement>(null);
  const { taken, isTurn } = useTaken(place);
  const isNear = useNear(root, isTurn);
  const first = Math.min(100, count + 12 * place + 4); // rows above may have taken some
  const { answer, hasFailed, refresh } = useShelf({ ...request, first }, !isFirst && !isNear);
  const [gone, setGone] = useState<ReadonlySet<string>>(new Set());
  const next = useMemo(
    () => answer?.edges.filter(({ node }) => !taken.has(node.sku) && !gone.has(node.sku)).slice(0, count),
    [answer, taken, gone, count],
  );
  const { shown, hold } = useHeldOrder(next, gone);
  const isShown = shown !== undefined && shown.length >= least;
  const skus = shown?.map(({ node }) => node.sku);
  useClaim(place, hasFailed || (skus && !isShown) ? [] : skus);
  const [asked, setAsked] = useState<Edge>();
  useImpressions(root, answer?.recommendationId, isShown ? (skus?.join(' ') ?? '') : '');

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
  if (!answer || !shown) {
    return (
      <div ref={root}>
        <RowSkeleton title={title} />
      </div>
    );
  }
  if (!isShown) return null;

  const { recommendationId, freshness } = answer;
  return (
    <div ref={root} tabIndex={-1} className={styles.shelf}>
      <Row
        title={title}
        note={
          <>
            {becauseOf(shown) ?? why} <Freshness freshness={freshness} />
          </>
        }
        onHold={hold}
        items={shown.map((edge, at) => ({
          key: edge.node.sku,
          card: (
            <ShelfCard
              edge={edge}
              recommendationId={recommendationId}
              eager={isFirst && at < 4}
              onWhy={setAsked}
              actions={actions}
            />
          ),
        }))}
      />
      {asked && (
        <Why
          of={asked}
          request={request}
          recommendationId={recommendationId}
          onClose={() => setAsked(undefined)}
          onChange={refresh}
          onReject={(sku) => setGone((before) => new Set(before).add(sku))}
        />
      )}
    </div>
  );
}

/** Keeps the card that the visitor points at, or has the focus in, where it is while the others follow the newest answer. */
function useHeldOrder(next: Edge[] | undefined, gone: ReadonlySet<string>) {
  const [pointedAt, hold] = useState<string>();
  const held = pointedAt !== undefined && gone.has(pointedAt) ? undefined : pointedAt;
  const last = useRef<ReadonlyMap<string, Edge>>(new Map());
  const shown = useMemo(() => {
    if (!next) return undefined;
    const fresh = new Map(next.map((edge) => [edge.node.sku, edge]));
    const skus = arrange([...last.current.keys()], [...fresh.keys()], held);
    return skus.flatMap((sku) => fresh.get(sku) ?? last.current.get(sku) ?? []);
  }, [next, held]);
  useEffect(() => {
    if (shown) last.current = new Map(shown.map((edge) => [edge.node.sku, edge]));
  }, [shown]);
  return { shown, hold };
}
