import { BuyButtons } from '~/features/cart/buy-buttons';
import { Shelf, type ShelfProps } from '~/features/shelf/shelf';
import type { CardActions } from '~/features/shelf/shelf-card';

const buy: CardActions = ({ node }, recommendationId) => (
  <BuyButtons product={node} recommendationId={recommendationId} />
);

/** A row of recommendations whose cards can be bought. */
export function ShopShelf(props: Omit<ShelfProps, 'actions'>) {
  return <Shelf {...props} actions={buy} />;
}
