import { readFragment } from '~/gql';
import { EventRowFragmentDoc, type EventStepKind, type EventStepState, EventWayDocument } from '~/gql/graphql';
import { useGraphql } from '~/shared/api/hooks';
import { formatMoney } from '~/shared/lib/money';
import { duration, exactTime } from '~/shared/lib/time';
import { Notice } from '~/shared/ui/notice';
import { Panel } from '~/shared/ui/panel';
import { Skeleton } from '~/shared/ui/skeleton';
import { StateDot, type Tone } from '~/shared/ui/state-dot';
import styles from './events.module.css';
import { typeWord } from './events-search';

const names: Record<EventStepKind, string> = {
  RECORDED: 'Recorded',
  JOURNAL: 'In the journal',
  PARQUET: 'In Parquet',
  FOLDED_IN: 'Folded in',
  MODEL: 'Learnt by the model',
};

const states: Record<EventStepState, { word: string; tone: Tone }> = {
  DONE: { word: 'Done', tone: 'good' },
  WAITING: { word: 'Waits', tone: 'running' },
  SKIPPED: { word: 'Not for this one', tone: 'quiet' },
};

/** One event's way from the shop to the answers, step by step. */
export function EventWay({ id }: { id: string }) {
  const { data, error, isPending, refresh } = useGraphql(EventWayDocument, { id });
  if (isPending) return <Skeleton height="14rem" radius="var(--radius-card)" />;
  if (error) {
    return (
      <Notice tone="failed" title="The event’s way cannot be shown now.">
        {error.message}
      </Notice>
    );
  }
  if (!data.event) return <Notice title="There is no event of this id.">Its customer may have been forgotten.</Notice>;
  const { event, steps, excluded } = data.event;
  const row = readFragment(EventRowFragmentDoc, event);
  return (
    <Panel
      title={`The way of one event: ${typeWord(row.type)}${row.product ? `, ${row.product.name}` : ''}`}
      aside={
        <button type="button" className={styles.look} onClick={refresh}>
          Look again
        </button>
      }
    >
      <p className={styles.quiet}>
        <code>{row.id}</code> · {exactTime(row.occurredAt)}
        {event.price && ` · ${event.quantity ?? 1} × ${formatMoney(event.price)}`}
        {event.order && ` · order ${event.order}`}
        {event.recommendationId && ` · led to by answer ${event.recommendationId}`}
        {excluded && ' · taken back: it does not count'}
      </p>
      <ol className={styles.way} aria-label="Steps">
        {steps.map((step) => (
          <li key={step.kind} className={styles.step} data-state={step.state}>
            <p className={styles.stepName}>{names[step.kind]}</p>
            <StateDot tone={states[step.state].tone}>{states[step.state].word}</StateDot>
            <p>{step.text}</p>
            {step.at && (
              <p className={styles.quiet}>
                {exactTime(step.at)}
                {step.tookMs != null && step.tookMs > 0 && `, ${duration(step.tookMs)} later`}
              </p>
            )}
          </li>
        ))}
      </ol>
    </Panel>
  );
}
