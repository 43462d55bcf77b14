import { Button } from '@mantine/core';
import { useRef, useState } from 'react';
import { EventsRecordedDocument } from '~/gql/graphql';
import { useLive } from '~/shared/api/hooks';
import { useNow } from '~/shared/lib/use-now';
import { Notice } from '~/shared/ui/notice';
import { Panel } from '~/shared/ui/panel';
import { StateDot } from '~/shared/ui/state-dot';
import { EventRows, type Row } from './event-rows';
import styles from './events.module.css';
import { type EventsSearch, filterOf } from './events-search';

/** How many of the latest events the tail shows. */
const shown = 20;

/** What is recorded at this moment, the newest on top; it can be held still to be read. */
export function LiveTail({ search }: { search: EventsSearch }) {
  const [rows, setRows] = useState<readonly Row[]>([]);
  const [missed, setMissed] = useState(0);
  const [isPaused, setPaused] = useState(false);
  const held = useRef<readonly Row[]>([]);
  const now = useNow();
  const { error } = useLive(EventsRecordedDocument, { filter: filterOf(search) }, ({ eventsRecorded: tail }) => {
    held.current = [...tail.events.toReversed(), ...held.current].slice(0, shown);
    setMissed((before) => before + tail.dropped);
    if (!isPaused) setRows(held.current);
  });
  const toggle = () => {
    if (isPaused) setRows(held.current);
    setPaused(!isPaused);
  };
  return (
    <Panel
      title="Now"
      aside={
        <>
          <StateDot tone={isPaused ? 'quiet' : 'running'}>{isPaused ? 'Held still' : 'Live'}</StateDot>
          <Button variant="default" size="xs" onClick={toggle}>
            {isPaused ? 'Go on' : 'Pause'}
          </Button>
        </>
      }
    >
      {error && (
        <Notice tone="failed" title="What happens now cannot be followed.">
          {error.message}
        </Notice>
      )}
      {!error && rows.length === 0 && (
        <p className={styles.quiet} role="status">
          Waiting for something to happen. Buy something in the shop, and it stands here within a second.
        </p>
      )}
      {missed > 0 && <p className={styles.quiet}>{missed.toLocaleString('en')} more came too fast to be shown.</p>}
      {rows.length > 0 && <EventRows rows={rows} search={search} now={now} />}
    </Panel>
  );
}
