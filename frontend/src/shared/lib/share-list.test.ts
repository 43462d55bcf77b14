import { expect, test } from 'vitest';
import { shareList } from './share-list';

const reason = (share: number) => ({ kind: 'EVENT' as const, share });

test('what is for it adds up to 100 and stands widest first', () => {
  const { pro, others, contra } = shareList([reason(0.2), reason(0.6), reason(-0.1)], 1);
  expect(pro.map(({ percent }) => percent)).toEqual([55, 18]);
  expect(others).toBe(27);
  expect(contra).toEqual([reason(-0.1)]);
});

test('a score below the listed shares leaves nothing to others', () => {
  const { pro, others } = shareList([reason(0.5), reason(0.5)], 0.7);
  expect(others).toBe(0);
  expect(pro.map(({ percent }) => percent)).toEqual([50, 50]);
});

test('reasons without a share are not parts', () => {
  expect(shareList([{ kind: 'VENDOR' as const, share: null }], 0.4).pro).toEqual([]);
});

test('whole percents add up to 100, however they round', () => {
  for (const parts of [
    [1, 1, 1],
    [0.2, 0.2, 0.2, 0.2, 0.2, 0.2, 0.2],
    [0.604, 0.197, 0.199],
    [5, 0.001],
  ]) {
    const score = parts.reduce((sum, part) => sum + part, 0.0001);
    const { pro, others } = shareList(parts.map(reason), score);
    expect(pro.reduce((sum, { percent }) => sum + percent, others)).toBe(100);
  }
});

test('the gain of the product is apart from the parts', () => {
  const gain = { kind: 'GAIN' as const, share: 0.5 };
  const list = shareList([reason(0.6), reason(0.4), gain], 1.5);
  expect(list.pro.map(({ percent }) => percent)).toEqual([60, 40]);
  expect(list.others).toBe(0);
});
