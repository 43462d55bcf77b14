import { expect, test } from 'vitest';
import { formatMoney } from './money';

test.each([
  [{ amount: '12.50', currency: 'EUR' }, '€12.50'],
  [{ amount: '1200', currency: 'JPY' }, '¥1,200'],
  [{ amount: '9007199254740993.25', currency: 'EUR' }, '€9,007,199,254,740,993.25'],
])('%o is written %s', (value, text) => {
  expect(formatMoney(value)).toBe(text);
});
