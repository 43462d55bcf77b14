import { Button, NativeSelect, TextInput } from '@mantine/core';
import { useState } from 'react';
import { EventsDocument } from '~/gql/graphql';
import { isNotAllowed } from '~/shared/api/api-error';
import { useGraphql } from '~/shared/api/hooks';
import { exactTime } from '~/shared/lib/time';
import { useKept } from '~/shared/lib/use-kept';
import { useNow } from '~/shared/lib/use-now';
import filters from '~/shared/ui/filters.module.css';
import { Notice } from '~/shared/ui/notice';
import { Panel } from '~/shared/ui/panel';
import { Skeleton } from '~/shared/ui/skeleton';
import { EventRows } from './event-rows';
import styles from './events.module.css';
import { type EventsSearch, eventTypes, filterOf, readEventsSearch, typeWord } from './events-search';

/** What happened, newest first, page by page. */
export function EventList({ search }: { search: EventsSearch }) {
  const [after, setAfter] = useState<string[]>([]);
  const { data, error } = useGraphql(EventsDocument, { first: 25, after: after.at(-1), filter: filterOf(search) });
  const events = useKept(data?.events);
  const now = useNow(10_000);
  if (error) {
    return (
      <Notice
        tone="failed"
        title={isNotAllowed(error) ? 'You may not see events.' : 'The events cannot be listed now.'}
      >
        {error.message}
      </Notice>
    );
  }
  if (!events) return <Skeleton height="24rem" radius="var(--radius-card)" />;
  const { hasNextPage, endCursor } = events.pageInfo;
  return (
    <Panel title="What happened">
      {events.edges.length === 0 && (
        <p className={styles.quiet} role="status">
          {hasNextPage && events.searchedTo
            ? `Nothing fits back to ${exactTime(events.searchedTo)}. Go on to look further.`
            : 'Nothing fits. Take a filter away, or send events with eventsRecord.'}
        </p>
      )}
      {events.edges.length > 0 && <EventRows rows={events.edges.map(({ node }) => node)} search={search} now={now} />}
      <div className={styles.buttons}>
        <Button variant="default" disabled={after.length === 0} onClick={() => setAfter(after.slice(0, -1))}>
          Back
        </Button>
        <Button variant="default" disabled={!hasNextPage} onClick={() => endCursor && setAfter([...after, endCursor])}>
          Next
        </Button>
      </div>
    </Panel>
  );
}

/** Which events; the address keeps it. */
export function EventFilters({ search, onChange }: { search: EventsSearch; onChange(next: EventsSearch): void }) {
  return (
    <form
      className={filters.bar}
      onSubmit={(event) => {
        event.preventDefault();
        onChange(readEventsSearch(Object.fromEntries(new FormData(event.currentTarget))));
      }}
    >
      <NativeSelect
        name="type"
        label="What"
        defaultValue={search.type ?? ''}
        data={[{ value: '', label: 'All' }, ...eventTypes.map((value) => ({ value, label: typeWord(value) }))]}
      />
      <TextInput name="sku" label="Sku" defaultValue={search.sku} />
      <TextInput name="customer" label="Customer" defaultValue={search.customer} />
      <TextInput name="user" label="User’s number" defaultValue={search.user} />
      <TextInput name="answer" label="Answer" defaultValue={search.answer} />
      <Button type="submit">Show</Button>
      {Object.keys(search).length > 0 && (
        <Button variant="default" onClick={() => onChange({})}>
          Show all
        </Button>
      )}
    </form>
  );
}
