import { formatMoney, type MoneyValue } from '~/shared/lib/money';

/** A price; without one, that the product cannot be bought. */
export function Price({ value }: { value: MoneyValue | null | undefined }) {
  if (!value) return <span>No price yet</span>;
  return <span style={{ fontVariantNumeric: 'tabular-nums' }}>{formatMoney(value)}</span>;
}
