import { useId } from 'react';
import type { ListingFacetsFragment } from '~/gql/graphql';
import type { ListingSearch } from '~/shared/lib/listing-search';
import { formatMoney, justBelow, plainAmount } from '~/shared/lib/money';
import styles from './listing.module.css';

type Band = ListingFacetsFragment['prices'][number];
type Range = Pick<ListingSearch, 'min' | 'max'>;

/** Narrows a list by price: bands that the products divide into, or any two amounts. */
export function Prices({
  bands,
  search,
  onChange,
}: {
  bands: Band[];
  search: ListingSearch;
  onChange(change: Range): void;
}) {
  const name = useId();
  const ranges = rangesOf(bands);
  return (
    <fieldset className={styles.facet}>
      <legend>Price</legend>
      {ranges.length > 1 && (
        <div className={styles.values}>
          {[{ range: {} as Range, label: 'Any price', count: undefined }, ...ranges].map(({ range, label, count }) => (
            <label key={label} className={styles.value}>
              <input
                type="radio"
                name={name}
                checked={range.min === search.min && range.max === search.max}
                onChange={() => onChange({ min: range.min, max: range.max })}
              />
              <span>{label}</span>
              {count !== undefined && <span className={styles.count}>{count}</span>}
            </label>
          ))}
        </div>
      )}
      <div className={styles.prices}>
        <Amount label="Lowest price" placeholder="from" value={search.min} onChange={(min) => onChange({ min })} />
        <span aria-hidden>–</span>
        <Amount label="Highest price" placeholder="to" value={search.max} onChange={(max) => onChange({ max })} />
      </div>
    </fieldset>
  );
}

/** A price to be typed; it counts when one leaves the field or presses Enter. */
function Amount({
  label,
  placeholder,
  value,
  onChange,
}: {
  label: string;
  placeholder: string;
  value: string | undefined;
  onChange(value: string | undefined): void;
}) {
  const take = (text: string) => {
    const next = text.trim().replace(',', '.');
    if (next !== (value ?? '')) onChange(next || undefined);
  };
  return (
    <input
      key={value}
      inputMode="decimal"
      aria-label={label}
      placeholder={placeholder}
      defaultValue={value}
      onBlur={(event) => take(event.target.value)}
      onKeyDown={(event) => event.key === 'Enter' && take(event.currentTarget.value)}
    />
  );
}

/**
 * The bands of the commonest case, one currency, as an address says them: a band's upper end belongs to the next, the
 * first and the last are open.
 */
function rangesOf(all: Band[]): { range: Range; label: string; count: number }[] {
  const bands = all.filter(({ min }) => min.currency === all[0]?.min.currency);
  return bands.map(({ min, max, count }, at) => {
    const range = {
      min: at > 0 ? plainAmount(min.amount) : undefined,
      max: at < bands.length - 1 ? justBelow(max.amount) : undefined,
    };
    return { range, label: rangeLabel(range, min.currency), count };
  });
}

/** A range of prices in words. */
export function rangeLabel({ min, max }: Range, currency: string): string {
  const from = min !== undefined && formatMoney({ amount: min, currency });
  const to = max !== undefined && formatMoney({ amount: max, currency });
  if (from && to) return `${from} – ${to}`;
  return from ? `${from} and above` : `Up to ${to}`;
}
