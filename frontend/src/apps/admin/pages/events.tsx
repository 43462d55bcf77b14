import { useNavigate, useSearch } from '@tanstack/react-router';
import { EventFilters, EventList } from '~/features/events/event-list';
import { EventWay } from '~/features/events/event-way';
import { filterOf, readEventsSearch } from '~/features/events/events-search';
import { LiveTail } from '~/features/events/live-tail';
import { EventsDocument } from '~/gql/graphql';
import { usePageTitle } from '~/shared/lib/page-title';
import { QueryLink } from '~/shared/ui/query-link';
import styles from './page.module.css';

/** What happens and what happened; the filters, and the event whose way is shown, stand in the address. */
export function EventsPage() {
  usePageTitle('Events', 'console');
  const { event, ...search } = readEventsSearch(useSearch({ strict: false }));
  const go = useNavigate();
  const key = JSON.stringify(search);
  return (
    <div className={styles.page}>
      <div className={styles.head}>
        <h1>Events</h1>
        <QueryLink document={EventsDocument} variables={{ first: 25, filter: filterOf(search) }} />
      </div>
      <EventFilters
        key={`filters ${key}`}
        search={search}
        onChange={(next) => void go({ to: '/events', search: next as never })}
      />
      {event && <EventWay id={event} />}
      <LiveTail key={`tail ${key}`} search={search} />
      <EventList key={`list ${key}`} search={search} />
    </div>
  );
}
