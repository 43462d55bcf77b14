import { Link, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { type FragmentType, readFragment } from '~/gql';
import { ProductCardFragmentDoc } from '~/gql/graphql';
import { newAttempt } from '~/shared/lib/attempt';
import { rememberTrail } from '~/shared/lib/trail';
import { Button } from '~/shared/ui/button';
import { CheckIcon } from '~/shared/ui/icons';
import { useToast } from '~/shared/ui/toast';
import { useCart } from './cart-provider';
import { useCartCommands } from './use-cart-commands';

/**
 * Puts a product into the cart, or buys it at once. Buying at once orders the
 * whole cart, so with other things in it the cart is shown first.
 */
export function BuyButtons({
  product,
  recommendationId,
  size = 'small',
}: {
  product: FragmentType<typeof ProductCardFragmentDoc>;
  recommendationId?: string;
  size?: 'small' | 'medium';
}) {
  const { sku, name, price, stock } = readFragment(ProductCardFragmentDoc, product);
  const { cart } = useCart();
  const { setQuantity, order } = useCartCommands();
  const say = useToast();
  const go = useNavigate();
  const [busy, setBusy] = useState<'add' | 'buy'>();
  const [isBought, setBought] = useState(false);
  const inCart = cart?.lines.find((line) => line.sku === sku)?.quantity ?? 0;

  const add = async () => {
    if (recommendationId) rememberTrail(sku, recommendationId);
    const outcome = await setQuantity(sku, inCart + 1);
    if (!outcome.ok) say(outcome.message, 'failed');
    return outcome.ok;
  };
  const onAdd = async () => {
    setBusy('add');
    if (await add()) say(`${name} is in your cart.`);
    setBusy(undefined);
  };
  const onBuy = async () => {
    setBusy('buy');
    const isAlone = (cart?.lines ?? []).every((line) => line.sku === sku);
    if ((inCart > 0 || (await add())) && !isAlone) await go({ to: '/cart' });
    else if (isAlone) {
      const outcome = await order(newAttempt(), [{ sku, quantity: Math.max(1, inCart), price }]);
      if (outcome.ok) {
        setBought(true);
        say(
          <>
            Ordered: {name}. <Link to="/orders">See your orders</Link>
          </>,
        );
      } else say(outcome.message, 'failed');
    }
    setBusy(undefined);
  };

  if (isBought) {
    return (
      <Button size={size} disabled>
        <CheckIcon size={16} stroke={2} /> Ordered
      </Button>
    );
  }
  if (!price || stock === 0) return null;
  return (
    <>
      <Button
        size={size}
        kind={size === 'small' ? 'plain' : 'primary'}
        isBusy={busy === 'buy'}
        onClick={onBuy}
        aria-label={`Buy ${name} now`}
      >
        Buy now
      </Button>
      <Button
        size={size}
        kind={size === 'small' ? 'quiet' : 'plain'}
        isBusy={busy === 'add'}
        onClick={onAdd}
        aria-label={`Add ${name} to the cart`}
      >
        {inCart > 0 ? `${inCart} in cart` : 'Add'}
      </Button>
    </>
  );
}
