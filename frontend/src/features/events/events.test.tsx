import { act, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, test, vi } from 'vitest';
import {
  type EventRowFragment,
  EventsDocument,
  type EventsQuery,
  EventsRecordedDocument,
  EventWayDocument,
} from '~/gql/graphql';
import { answer, push, refuse } from '~/testing/api';
import { show } from '~/testing/render';
import type { Unmasked } from '~/testing/unmasked';
import { EventFilters, EventList } from './event-list';
import { EventWay } from './event-way';
import { filterOf, readEventsSearch } from './events-search';
import { LiveTail } from './live-tail';

const event = (id: string, change: Partial<Unmasked<EventRowFragment>> = {}): Unmasked<EventRowFragment> => ({
  id,
  type: 'PURCHASE',
  occurredAt: '2026-11-22T02:00:00.000Z',
  sku: 'pan',
  user: '12345678',
  query: null,
  source: 'api',
  position: 1042,
  product: { name: 'Cast-iron pan' },
  customer: null,
  ...change,
});

const page = (events: Unmasked<EventRowFragment>[], hasNextPage = false): Unmasked<EventsQuery> => ({
  events: {
    searchedTo: '2026-11-01T00:00:00.000Z',
    edges: events.map((node) => ({ node })),
    pageInfo: { hasNextPage, endCursor: 'next' },
  },
});

test('events are listed, and what the lake lacks says so', async () => {
  answer(EventsDocument, page([event('1'), event('e2', { position: null, type: 'ORDER_PLACED' })]));
  show(<EventList search={{}} />);
  expect(await screen.findByText('1,042')).toBeVisible();
  expect(screen.getByText('on its way')).toBeVisible();
  expect(screen.getByRole('link', { name: 'Order placed' })).toHaveAttribute('href', '/events?event=e2');
});

test('an empty page that looked far offers to look further', async () => {
  answer(EventsDocument, page([], true));
  show(<EventList search={{ sku: 'rare' }} />);
  expect(await screen.findByText(/Go on to look further/)).toBeVisible();
  expect(screen.getByRole('button', { name: 'Next' })).toBeEnabled();
});

test('one who may not see events is told', async () => {
  refuse(EventsDocument, 'FORBIDDEN', 'This needs a key of role ADMIN.');
  show(<EventList search={{}} />);
  expect(await screen.findByRole('alert')).toHaveTextContent('You may not see events.');
});

test('the tail shows what comes, holds still and says what it missed', async () => {
  show(<LiveTail search={{}} />);
  await screen.findByText(/Waiting for something to happen/);
  const tail = (events: Unmasked<EventRowFragment>[], dropped = 0) =>
    act(async () => push(EventsRecordedDocument, { eventsRecorded: { dropped, gap: false, events } }));
  await tail([event('1')]);
  expect(await screen.findByRole('link', { name: 'Purchase' })).toBeVisible();
  await userEvent.click(screen.getByRole('button', { name: 'Pause' }));
  await tail([event('2', { type: 'RETURN' })], 3);
  expect(screen.queryByRole('link', { name: 'Return' })).toBeNull();
  expect(screen.getByText(/3 more came too fast/)).toBeVisible();
  await userEvent.click(screen.getByRole('button', { name: 'Go on' }));
  expect(screen.getByRole('link', { name: 'Return' })).toBeVisible();
});

test('the way of an event is drawn step by step', async () => {
  answer(EventWayDocument, {
    event: {
      excluded: false,
      event: {
        ...event('1'),
        recordedAt: '2026-11-22T02:00:01.000Z',
        order: 'o-7',
        recommendationId: null,
        quantity: 1,
        price: null,
      },
      steps: [
        { kind: 'RECORDED', state: 'DONE', at: '2026-11-22T02:00:01.000Z', tookMs: 1000, text: 'The API told us.' },
        { kind: 'JOURNAL', state: 'WAITING', at: null, tookMs: null, text: 'It waits.' },
      ],
    },
  });
  show(<EventWay id="1" />);
  expect(await screen.findByText('Recorded')).toBeVisible();
  expect(screen.getByText(/1 s later/)).toBeVisible();
  expect(screen.getByText('Waits')).toBeVisible();
});

test('the filters make an address that reads back', async () => {
  const onChange = vi.fn();
  show(<EventFilters search={{}} onChange={onChange} />);
  const user = userEvent.setup();
  await user.selectOptions(await screen.findByLabelText('What'), 'Purchase');
  await user.type(screen.getByLabelText('Customer'), 'C-1');
  await user.click(screen.getByRole('button', { name: 'Show' }));
  expect(onChange).toHaveBeenCalledWith({ type: 'PURCHASE', customer: 'C-1' });
  expect(filterOf(readEventsSearch({ type: 'PURCHASE', customer: 'C-1', user: 7, nonsense: 1 }))).toMatchObject({
    types: ['PURCHASE'],
    customer: 'C-1',
    user: undefined,
  });
});
