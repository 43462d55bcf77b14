/** An amount as the API sends it: a decimal in the currency's own unit, never a float. */
export interface MoneyValue {
  amount: string;
  currency: string;
}

/** How the commonest currencies are written: their sign and decimals. */
const known: Record<string, { sign: string; decimals: number }> = {
  EUR: { sign: '€', decimals: 2 },
  GBP: { sign: '£', decimals: 2 },
  USD: { sign: '$', decimals: 2 },
};

/**
 * Writes an amount for people, in the language of the pages. The commonest
 * currencies are written without Intl, whose first use takes 25 ms: a tenth of
 * all that the shop does before its first row shows.
 */
export function formatMoney({ amount, currency }: MoneyValue): string {
  const style = known[currency];
  const [, minus, whole = '', fraction = ''] = /^(-?)(\d+)(?:\.(\d+))?$/.exec(amount) ?? [];
  if (!style || !whole || fraction.length > style.decimals) return withIntl(amount, currency);
  return `${minus}${style.sign}${whole.replace(/\B(?=(\d{3})+$)/g, ',')}.${fraction.padEnd(style.decimals, '0')}`;
}

const formats = new Map<string, Intl.NumberFormat>();

function withIntl(amount: string, currency: string): string {
  const format = formats.get(currency) ?? new Intl.NumberFormat('en', { style: 'currency', currency });
  formats.set(currency, format);
  // A decimal string keeps every digit; Intl takes one, though its type says number.
  return format.format(amount as unknown as number);
}

/** The amount that is one unit of the last decimal below: 19.99 of 20.00. For amounts above 0. */
export function justBelow(amount: string): string {
  const decimals = amount.split('.')[1]?.length ?? 0;
  const digits = String(BigInt(amount.replace('.', '')) - 1n).padStart(decimals + 1, '0');
  return decimals > 0 ? `${digits.slice(0, -decimals)}.${digits.slice(-decimals)}` : digits;
}

/** An amount without decimals that say nothing: 20 of 20.00. */
export const plainAmount = (amount: string) => amount.replace(/\.0+$/, '');
