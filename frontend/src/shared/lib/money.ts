/** An amount as the API sends it: a decimal in the currency's own unit, never a float. */
export interface MoneyValue {
  amount: string;
  currency: string;
}

const formats = new Map<string, Intl.NumberFormat>();

/** Writes an amount for people, in the language of the page. */
export function formatMoney({ amount, currency }: MoneyValue, locale = 'en'): string {
  const key = `${locale} ${currency}`;
  let format = formats.get(key);
  if (!format) {
    format = new Intl.NumberFormat(locale, { style: 'currency', currency });
    formats.set(key, format);
  }
  // A decimal string keeps every digit; Intl takes one, though its type says number.
  return format.format(amount as unknown as number);
}
