import { act, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, test } from 'vitest';
import {
  ShelfDocument,
  ShelfUpdatedDocument,
  type ViewerEventInput,
  ViewerEventsDocument,
  WhyDocument,
} from '~/gql/graphql';
import { answer, push, refuse } from '~/testing/api';
import { show } from '~/testing/render';
import { sampleAnswer, sampleWhy } from '~/testing/samples';
import { PageProducts } from './page-products';
import { Shelf } from './shelf';

const skus = ['a', 'b', 'c', 'd', 'e'];
const cards = () => screen.queryAllByRole('article').map((card) => card.dataset.sku);

test('while it loads it keeps its place', async () => {
  answer(ShelfDocument, { recommendations: sampleAnswer(skus) });
  show(<Shelf title="For you" why="What others choose" placement="home" />);
  expect(await screen.findByRole('region', { name: 'For you, loading' })).toHaveAttribute('aria-busy', 'true');
  expect(await screen.findByRole('region', { name: 'For you' })).toBeVisible();
});

test('it shows the products in their order, and what it knew', async () => {
  answer(ShelfDocument, { recommendations: sampleAnswer(skus) });
  show(<Shelf title="For you" why="What others choose" placement="home" />);
  await screen.findByRole('region', { name: 'For you' });
  expect(cards()).toEqual(skus);
  expect(screen.getByText(/Because of Cast-iron pan/)).toBeVisible();
  expect(screen.getByText(/Knows what you did 4 seconds ago/)).toBeVisible();
});

test('with fewer than four products it is not shown', async () => {
  answer(ShelfDocument, { recommendations: sampleAnswer(['a', 'b', 'c']) });
  show(<Shelf title="For you" why="What others choose" placement="home" />);
  await waitFor(() => expect(screen.queryByText('For you')).not.toBeInTheDocument());
});

test('when nothing can answer it says so and tries again', async () => {
  refuse(ShelfDocument, 'UNAVAILABLE', 'try again');
  show(<Shelf title="For you" why="What others choose" placement="home" />);
  expect(await screen.findByRole('alert')).toHaveTextContent('cannot be shown now');
  answer(ShelfDocument, { recommendations: sampleAnswer(skus) });
  await userEvent.click(screen.getByRole('button', { name: 'Try again' }));
  expect(await screen.findByRole('region', { name: 'For you' })).toBeVisible();
});

test('it follows the subscription', async () => {
  answer(ShelfDocument, { recommendations: sampleAnswer(skus) });
  show(<Shelf title="For you" why="What others choose" placement="home" isLive />);
  await screen.findByRole('region', { name: 'For you' });
  await push(ShelfUpdatedDocument, { recommendationsUpdated: sampleAnswer(['e', 'f', 'g', 'h'], 'answer-2') });
  await waitFor(() => expect(cards()).toEqual(['e', 'f', 'g', 'h']));
});

test('what the pointer is on does not move until the pointer leaves', async () => {
  answer(ShelfDocument, { recommendations: sampleAnswer(skus) });
  show(<Shelf title="For you" why="What others choose" placement="home" isLive />);
  await screen.findByRole('region', { name: 'For you' });
  const user = userEvent.setup();
  const item = screen.getByText('Product b').closest('li');
  if (!item) throw new Error('the card of b is not in a list');
  await user.hover(item);
  await push(ShelfUpdatedDocument, { recommendationsUpdated: sampleAnswer(['e', 'f', 'g', 'h'], 'answer-2') });
  await waitFor(() => expect(cards()).toEqual(['e', 'b', 'f', 'g', 'h']));
  await user.unhover(item);
  await waitFor(() => expect(cards()).toEqual(['e', 'f', 'g', 'h']));
});

test('losing the focus does not let go of what the pointer is on', async () => {
  answer(WhyDocument, sampleWhy());
  answer(ShelfDocument, { recommendations: sampleAnswer(skus) });
  show(<Shelf title="For you" why="What others choose" placement="home" isLive />);
  await screen.findByRole('region', { name: 'For you' });
  const user = userEvent.setup();
  await user.click(screen.getByRole('button', { name: 'Why this? Product a' }));
  await user.keyboard('{Escape}');
  screen.getByRole('button', { name: 'Why this? Product a' }).blur();
  await push(ShelfUpdatedDocument, { recommendationsUpdated: sampleAnswer(['e', 'f', 'g', 'h'], 'answer-2') });
  await waitFor(() => expect(cards()).toEqual(['a', 'e', 'f', 'g', 'h']));
});

test('a product appears once on a page, in the first row that has it', async () => {
  answer(ShelfDocument, ({ filter }) => ({
    recommendations: filter ? sampleAnswer(['d', 'e', 'f', 'g', 'h', 'i'], 'answer-2') : sampleAnswer(skus),
  }));
  show(
    <PageProducts rows={2}>
      <Shelf title="For you" why="What others choose" placement="home" place={0} />
      <Shelf
        title="Best-sellers"
        why="What sells most"
        placement="home"
        filter={{ sources: ['BEST_SELLERS'] }}
        place={1}
      />
    </PageProducts>,
  );
  const second = await screen.findByRole('region', { name: 'Best-sellers' });
  await waitFor(() =>
    expect(
      within(second)
        .getAllByRole('article')
        .map((card) => card.dataset.sku),
    ).toEqual(['f', 'g', 'h', 'i']),
  );
});

test('it answers why, with shares, and takes an event back', async () => {
  answer(WhyDocument, ({ filter, placement }) => {
    expect(placement).toBe('home');
    expect(filter).toEqual({ skus: ['a'], sources: ['PERSONAL'], includeBought: true, inStock: false });
    return sampleWhy();
  });
  answer(ShelfDocument, { recommendations: sampleAnswer(skus) });
  const recorded: ViewerEventInput[] = [];
  answer(ViewerEventsDocument, ({ events }) => {
    recorded.push(...(Array.isArray(events) ? events : [events]));
    return { viewerEventsRecord: { accepted: 1, userErrors: [] } };
  });
  show(<Shelf title="For you" why="What others choose" placement="home" />);
  const user = userEvent.setup();
  await user.click(await screen.findByRole('button', { name: 'Why this? Product a' }));
  const dialog = await screen.findByRole('dialog', { name: 'Why Product a?' });
  const shares = await within(dialog).findByRole('list', { name: 'What speaks for it' });
  expect(shares).toHaveTextContent('67 %Cast-iron panbought');
  expect(shares).toHaveTextContent('33 %Oak boardlooked at');
  expect(dialog).toHaveTextContent('Speaks against it: Enamel kettle.');
  const [exclude] = within(dialog).getAllByRole('button', { name: 'Don’t use Cast-iron pan' });
  if (!exclude) throw new Error('nothing can be taken back');
  await user.click(exclude);
  await waitFor(() => expect(screen.queryByRole('dialog')).not.toBeInTheDocument());
  expect(recorded).toContainEqual({ type: 'EXCLUDED_FROM_TASTE', ref: 'event-1', sku: 'Cast-iron pan' });
});

test('what others do, and what is foretold of a new product, is told in words', async () => {
  const why = sampleWhy();
  const apart = { product: null, event: null };
  const others = { ...apart, kind: 'PRIOR' as const, share: -0.05, text: 'Rarely chosen by other customers' };
  const moves = { ...apart, kind: 'GAIN' as const, text: 'Fewer shoppers than usual choose it, which moves it down' };
  const reasons = why.recommendations?.edges[0]?.reasons ?? [];
  const answerWith = (gain: number) =>
    answer(WhyDocument, {
      recommendations: { edges: [{ score: 0.75, reasons: [...reasons, others, { ...moves, share: gain }] }] },
    });
  answer(ShelfDocument, { recommendations: sampleAnswer(skus) });
  answerWith(-0.1);
  show(<Shelf title="For you" why="What others choose" placement="home" />);
  const user = userEvent.setup();
  await user.click(await screen.findByRole('button', { name: 'Why this? Product a' }));
  const dialog = await screen.findByRole('dialog', { name: 'Why Product a?' });
  expect(
    await within(dialog).findByText('Speaks against it: Enamel kettle, rarely chosen by other customers.'),
  ).toBeVisible();
  expect(within(dialog).getByText(`${moves.text}.`)).toBeVisible();
  await user.click(within(dialog).getByRole('button', { name: 'Close' }));

  answerWith(-0.001); // which moves nothing
  await user.click(await screen.findByRole('button', { name: 'Why this? Product b' }));
  const next = await screen.findByRole('dialog', { name: 'Why Product b?' });
  await within(next).findByText(/^Speaks against it/);
  expect(within(next).queryByText(`${moves.text}.`)).not.toBeInTheDocument();
});

test('“not interested” names the product and the answer', async () => {
  answer(WhyDocument, sampleWhy());
  answer(ShelfDocument, { recommendations: sampleAnswer(skus) });
  const recorded: ViewerEventInput[] = [];
  answer(ViewerEventsDocument, ({ events }) => {
    recorded.push(...(Array.isArray(events) ? events : [events]));
    return { viewerEventsRecord: { accepted: 1, userErrors: [] } };
  });
  show(<Shelf title="For you" why="What others choose" placement="home" />);
  const user = userEvent.setup();
  await user.click(await screen.findByRole('button', { name: 'Why this? Product b' }));
  await user.click(await screen.findByRole('button', { name: 'Not interested' }));
  await waitFor(() => expect(cards()).toEqual(['a', 'c', 'd', 'e']));
  await waitFor(() =>
    expect(recorded).toContainEqual({ type: 'NOT_INTERESTED', sku: 'b', recommendationId: 'answer-1' }),
  );
});

test('what has the focus does not move until the focus leaves', async () => {
  answer(ShelfDocument, { recommendations: sampleAnswer(skus) });
  show(<Shelf title="For you" why="What others choose" placement="home" isLive />);
  await screen.findByRole('region', { name: 'For you' });
  await act(() => screen.getByRole('button', { name: 'Why this? Product c' }).focus());
  await push(ShelfUpdatedDocument, { recommendationsUpdated: sampleAnswer(['e', 'f', 'g', 'h'], 'answer-2') });
  await waitFor(() => expect(cards()).toEqual(['e', 'f', 'c', 'g', 'h']));
  expect(screen.getByRole('button', { name: 'Why this? Product c' })).toHaveFocus();
  await act(() => screen.getByRole('button', { name: 'Why this? Product c' }).blur());
  await waitFor(() => expect(cards()).toEqual(['e', 'f', 'g', 'h']));
});

test('why it is there can fail, and is asked again', async () => {
  answer(ShelfDocument, { recommendations: sampleAnswer(skus) });
  refuse(WhyDocument, 'UNAVAILABLE', 'Try again in a moment.');
  show(<Shelf title="For you" why="What others choose" placement="home" />);
  await userEvent.click(await screen.findByRole('button', { name: 'Why this? Product a' }));
  expect(await screen.findByRole('alert')).toHaveTextContent('Try again in a moment.');
  answer(WhyDocument, sampleWhy());
  await userEvent.click(screen.getByRole('button', { name: 'Try again' }));
  expect(await screen.findByRole('list', { name: 'What speaks for it' })).toBeVisible();
});

test('a row that is not about the shopper says what it is made of', async () => {
  const answered = sampleAnswer(skus);
  answered.freshness.served = 'FALLBACK';
  for (const edge of answered.edges) edge.reasons = [{ kind: 'COUNT', text: 'A best-seller', product: null }];
  answer(ShelfDocument, { recommendations: answered });
  show(<Shelf title="For you" why="What others choose" placement="home" />);
  expect(await screen.findByText('What others choose')).toBeVisible();
  expect(screen.queryByText(/Knows what you did/)).not.toBeInTheDocument();
});

test('what is bought again says on its card how often', async () => {
  const answered = sampleAnswer(skus);
  const often = 'You buy this about every 3 weeks, the last time 4 weeks ago';
  for (const edge of answered.edges) edge.reasons = [{ kind: 'RHYTHM', text: often, product: edge.node }];
  answer(ShelfDocument, { recommendations: answered });
  show(<Shelf title="Buy again" why="What is due first" placement="buy-again" />);
  expect(await screen.findAllByText(often)).toHaveLength(skus.length);
  expect(screen.getByText('What is due first')).toBeVisible();
  expect(screen.queryByText(/Because of/)).not.toBeInTheDocument();
});
