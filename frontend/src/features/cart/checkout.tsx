import { type FormEvent, useId, useRef, useState } from 'react';
import { flushSync } from 'react-dom';
import { readFragment } from '~/gql';
import { type AddressInput, type CartContentFragment, CheckoutDocument, ProductCardFragmentDoc } from '~/gql/graphql';
import { useGraphql } from '~/shared/api/hooks';
import { newAttempt } from '~/shared/lib/attempt';
import { Button } from '~/shared/ui/button';
import { Field } from '~/shared/ui/field';
import { Skeleton } from '~/shared/ui/skeleton';
import styles from './checkout.module.css';
import { OrderReview } from './order-review';
import { type SeenLine, useCartCommands } from './use-cart-commands';

/** What is wrong: of a field or a line by its name, `delivery.city` or `lines.0`, or of the whole under "". */
type Wrongs = Record<string, string>;

const fields: { name: keyof AddressInput; label: string; complete: string; missing?: string }[] = [
  { name: 'name', label: 'Name', complete: 'name', missing: 'Say who receives it.' },
  { name: 'street', label: 'Street and number', complete: 'street-address', missing: 'Give the street and number.' },
  { name: 'postcode', label: 'Postcode', complete: 'postal-code' },
  { name: 'city', label: 'Town', complete: 'address-level2', missing: 'Give the town.' },
  { name: 'country', label: 'Country', complete: 'country-name', missing: 'Give the country.' },
];

/** What the shopper sees of the cart, for the server to check. */
function linesOf({ lines }: CartContentFragment): SeenLine[] {
  return lines.map(({ sku, quantity, product }) => ({
    sku,
    quantity,
    price: readFragment(ProductCardFragmentDoc, product)?.price,
  }));
}

/**
 * The last page before an order: where it goes, what it holds, and the button
 * that places it. An answer that got lost is asked for again, not ordered again.
 */
export function Checkout({ cart, onOrdered }: { cart: CartContentFragment; onOrdered(orderId: string): void }) {
  const { order } = useCartCommands();
  const { data, isPending } = useGraphql(CheckoutDocument, {}, { policy: 'cache-first' });
  const id = useId();
  const form = useRef<HTMLFormElement>(null);
  const [attempt, setAttempt] = useState(newAttempt);
  const [isBusy, setBusy] = useState(false);
  const [wrongs, setWrongs] = useState<Wrongs>({});
  if (isPending) return <Skeleton height="24rem" radius="var(--radius-card)" />;
  const before: Partial<AddressInput> = data?.viewer.orders.edges[0]?.node.delivery ?? {
    name: data?.viewer.customer?.name ?? '',
  };

  const show = (next: Wrongs) => {
    flushSync(() => setWrongs(next));
    form.current?.querySelector<HTMLElement>('[aria-invalid], [role="alert"]')?.focus();
  };
  const place = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    if (isBusy) return;
    const given = new FormData(event.currentTarget);
    const text = (name: string) => String(given.get(name) ?? '').trim();
    const missing = fields.filter((field) => field.missing && text(field.name) === '');
    if (missing.length > 0) {
      return show(Object.fromEntries(missing.map((field) => [`delivery.${field.name}`, field.missing ?? ''])));
    }
    setBusy(true);
    setWrongs({});
    const delivery: AddressInput = {
      name: text('name'),
      street: text('street'),
      postcode: text('postcode'),
      city: text('city'),
      country: text('country'),
    };
    const outcome = await order(attempt, linesOf(cart), delivery);
    setBusy(false);
    if (!outcome.ok) return show({ [placeOf(outcome.field)]: outcome.message });
    setAttempt(newAttempt());
    if (outcome.orderId) onOrdered(outcome.orderId);
  };

  return (
    <form ref={form} className={styles.checkout} onSubmit={place} noValidate aria-label="Checkout">
      <section className={styles.panel} aria-labelledby={`${id}-delivery`}>
        <h2 id={`${id}-delivery`}>Delivery</h2>
        <div className={styles.fields}>
          {fields.map(({ name, label, complete, missing }) => (
            <div key={name} className={styles[name]}>
              <Field
                label={missing ? label : `${label}, if there is one`}
                name={name}
                autoComplete={`shipping ${complete}`}
                defaultValue={before[name] ?? ''}
                required={missing !== undefined}
                error={wrongs[`delivery.${name}`]}
              />
            </div>
          ))}
        </div>
      </section>
      <section className={styles.panel} aria-labelledby={`${id}-order`}>
        <h2 id={`${id}-order`}>Your order</h2>
        <OrderReview cart={cart} wrongs={wrongs} />
        {wrongs[''] && (
          <p role="alert" tabIndex={-1} className={styles.wrong}>
            {wrongs['']}
          </p>
        )}
        <Button type="submit" kind="primary" isBusy={isBusy}>
          {isBusy ? 'Ordering…' : 'Place the order'}
        </Button>
        <p className={styles.quiet}>It is a demo: nothing is paid, nothing is sent.</p>
      </section>
    </form>
  );
}

/** Where a wrong is shown: a line's at the line, whatever of the line it is; what has no place here, above the button. */
function placeOf(field: string | null | undefined): string {
  const line = /^lines\.\d+/.exec(field ?? '')?.[0];
  if (line) return line;
  return fields.some(({ name }) => field === `delivery.${name}`) ? (field ?? '') : '';
}
