import { expect, test } from 'vitest';
import { formatMoney, justBelow } from './money';

test.each([
  [{ amount: '12.50', currency: 'EUR' }, '€12.50'],
  [{ amount: '1200', currency: 'JPY' }, '¥1,200'],
  [{ amount: '9007199254740993.25', currency: 'EUR' }, '€9,007,199,254,740,993.25'],
])('%o is written %s', (value, text) => {
  expect(formatMoney(value)).toBe(text);
});

test.each(['EUR', 'GBP', 'USD'])('%s is written as Intl would', (currency) => {
  const intl = new Intl.NumberFormat('en', { style: 'currency', currency });
  for (const amount of ['0', '0.05', '7.5', '12.50', '999.99', '1000', '-1234567.80']) {
    expect(formatMoney({ amount, currency })).toBe(intl.format(Number(amount)));
  }
});

test.each([
  ['20.00', '19.99'],
  ['0.50', '0.49'],
  ['100', '99'],
  ['1.000', '0.999'],
])('just below %s is %s', (amount, below) => {
  expect(justBelow(amount)).toBe(below);
});
