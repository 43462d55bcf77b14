import { Table } from '@mantine/core';
import { useEffect } from 'react';
import { type PipeKind, type PipeState, TransporterDocument, type TransporterQuery } from '~/gql/graphql';
import { useGraphql } from '~/shared/api/hooks';
import { duration, exactTime, relativeTime } from '~/shared/lib/time';
import { useNow } from '~/shared/lib/use-now';
import { Notice } from '~/shared/ui/notice';
import { Panel } from '~/shared/ui/panel';
import { Skeleton } from '~/shared/ui/skeleton';
import { Sparkline } from '~/shared/ui/sparkline';
import { StateDot, type Tone } from '~/shared/ui/state-dot';
import styles from './transporter.module.css';

type Pipe = TransporterQuery['transporter']['pipes'][number];

const states: Record<PipeState, { word: string; tone: Tone }> = {
  IDLE: { word: 'Nothing waits', tone: 'good' },
  MOVING: { word: 'Moving', tone: 'running' },
  BEHIND: { word: 'Behind', tone: 'attention' },
  FAILING: { word: 'Failing', tone: 'failed' },
};

const groups: { kind: PipeKind; title: string }[] = [
  { kind: 'OUTBOX', title: 'Outbox → journal' },
  { kind: 'COMPACTION', title: 'Landing → Parquet' },
  { kind: 'TRAINING', title: 'Lake → live model' },
  { kind: 'LISTS', title: 'Lake → lists' },
];

/** How often the pipes are looked at. */
const every = 2000;

/** Every pipe of the transporter with what waits in it, looked at every two seconds. */
export function Pipes() {
  const { data, error, isPending, refresh } = useGraphql(TransporterDocument, {});
  const now = useNow();
  useEffect(() => {
    const timer = setInterval(refresh, every);
    return () => clearInterval(timer);
  }, [refresh]);
  if (isPending) return <Skeleton height="24rem" radius="var(--radius-card)" />;
  if (error) {
    return (
      <Notice tone="failed" title="The pipes cannot be measured now.">
        {error.message}
      </Notice>
    );
  }
  const { pipes, carried, visible, through } = data.transporter;
  return (
    <>
      {!carried && (
        <Notice tone="attention" title="No process carries events to the lake.">
          What happens is safe in the serving database. Start a server that can reach the data folder.
        </Notice>
      )}
      <p className={styles.quiet}>
        The lake holds {through.toLocaleString('en')} events.{' '}
        {visible.count > 0 &&
          `Of the last ${visible.count.toLocaleString('en')} that this server took in, half were known to the next answer within ${duration(visible.p50Ms)}, 99 of 100 within ${duration(visible.p99Ms)}.`}
      </p>
      {groups.map(({ kind, title }) => (
        <PipeGroup key={kind} title={title} pipes={pipes.filter((pipe) => pipe.kind === kind)} now={now} />
      ))}
    </>
  );
}

function PipeGroup({ title, pipes, now }: { title: string; pipes: Pipe[]; now: Date }) {
  const failed = pipes.find(({ failure }) => failure);
  return (
    <Panel title={title}>
      <p className={styles.quiet}>{pipes[0]?.text}</p>
      {failed?.failure && (
        <Notice tone={failed.state === 'FAILING' ? 'failed' : 'plain'} title="What failed last">
          {failed.failedAt && `${exactTime(failed.failedAt)}: `}
          {failed.failure}
        </Notice>
      )}
      <Table.ScrollContainer minWidth={680} scrollAreaProps={{ viewportProps: { tabIndex: 0 } }}>
        <Table>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>Pipe</Table.Th>
              <Table.Th>State</Table.Th>
              <Table.Th className={styles.number}>Waiting</Table.Th>
              <Table.Th className={styles.number}>For</Table.Th>
              <Table.Th className={styles.number}>A second</Table.Th>
              <Table.Th>Last moved</Table.Th>
              <Table.Th className={styles.curve}>Lag, ten minutes</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {pipes.map((pipe) => (
              <Table.Tr key={pipe.key}>
                <Table.Td title={pipe.holder ? `Carried by ${pipe.holder}` : undefined}>{pipe.name}</Table.Td>
                <Table.Td>
                  <StateDot tone={states[pipe.state].tone}>{states[pipe.state].word}</StateDot>
                </Table.Td>
                <Table.Td className={styles.number}>{pipe.entries.toLocaleString('en')}</Table.Td>
                <Table.Td className={styles.number}>{pipe.entries > 0 ? duration(pipe.lagMs) : '–'}</Table.Td>
                <Table.Td className={styles.number}>{pipe.rate > 0 ? pipe.rate.toFixed(1) : '–'}</Table.Td>
                <Table.Td>{pipe.movedAt ? relativeTime(pipe.movedAt, now) : '–'}</Table.Td>
                <Table.Td className={styles.curve}>
                  <Sparkline values={pipe.history.map(({ lagMs }) => lagMs)} label={lagLabel(pipe)} />
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
    </Panel>
  );
}

const lagLabel = ({ name, history }: Pipe) =>
  `Lag of ${name} over the last minutes: ${duration(Math.max(0, ...history.map(({ lagMs }) => lagMs)))} at the most`;
