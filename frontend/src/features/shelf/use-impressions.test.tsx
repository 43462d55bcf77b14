import { act, render } from '@testing-library/react';
import { useRef } from 'react';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { useImpressions } from './use-impressions';

const record = vi.hoisted(() => vi.fn(async () => true));
vi.mock('~/shared/api/use-record', () => ({ useRecord: () => record }));

/** Plays the browser: says which cards are half in sight. */
let tell: (cards: { key: string; isIn: boolean }[]) => void = () => {};

beforeEach(() => {
  vi.useFakeTimers();
  record.mockClear();
  vi.stubGlobal(
    'IntersectionObserver',
    class {
      cards = new Map<string, Element>();
      constructor(notify: (entries: unknown[]) => void) {
        tell = (cards) => notify(cards.map(({ key, isIn }) => ({ target: this.cards.get(key), isIntersecting: isIn })));
      }
      observe(card: HTMLElement) {
        this.cards.set(card.dataset.key ?? '', card);
      }
      disconnect() {}
    },
  );
});

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

function Cards({ answer, skus }: { answer: string; skus: string[] }) {
  const root = useRef<HTMLUListElement>(null);
  useImpressions(root, answer, skus.join(' '));
  return (
    <ul ref={root}>
      {skus.map((sku) => (
        <li key={sku} data-key={sku} />
      ))}
    </ul>
  );
}

const pass = (ms: number) => act(() => vi.advanceTimersByTimeAsync(ms));

test('a card in sight for a second was seen; those seen together go in one batch', async () => {
  render(<Cards answer="answer-1" skus={['a', 'b', 'c']} />);
  tell([
    { key: 'a', isIn: true },
    { key: 'b', isIn: true },
    { key: 'c', isIn: false },
  ]);
  await pass(900);
  expect(record).not.toHaveBeenCalled();
  await pass(300);
  expect(record.mock.calls).toEqual([
    [
      [
        { type: 'IMPRESSION', sku: 'a', recommendationId: 'answer-1' },
        { type: 'IMPRESSION', sku: 'b', recommendationId: 'answer-1' },
      ],
    ],
  ]);
});

test('a card scrolled past was not seen', async () => {
  render(<Cards answer="answer-1" skus={['a']} />);
  tell([{ key: 'a', isIn: true }]);
  await pass(500);
  tell([{ key: 'a', isIn: false }]);
  await pass(2000);
  expect(record).not.toHaveBeenCalled();
});

test('a new answer does not count a product again', async () => {
  const { rerender } = render(<Cards answer="answer-1" skus={['a']} />);
  tell([{ key: 'a', isIn: true }]);
  await pass(1200);
  rerender(<Cards answer="answer-2" skus={['a']} />);
  tell([{ key: 'a', isIn: true }]);
  await pass(1200);
  expect(record).toHaveBeenCalledTimes(1);
});
