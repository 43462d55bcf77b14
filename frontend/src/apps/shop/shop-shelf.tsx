import { BuyButtons } from '~/features/cart/buy-buttons';
import { Shelf, type ShelfProps } from '~/features/shelf/shelf';

/** A row of recommendations whose cards can be bought. */
export function ShopShelf(props: Omit<ShelfProps, 'actions'>) {
  return (
    <Shelf
      {...props}
      actions={(_sku, edge, recommendationId) => <BuyButtons product={edge.node} recommendationId={recommendationId} />}
    />
  );
}
