import { Button, NativeSelect, Table } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { type FragmentType, readFragment } from '~/gql';
import { RunRowFragmentDoc, type TrainingRunsQuery, type TrainingRunsQueryVariables } from '~/gql/graphql';
import type { QueryState } from '~/shared/api/hooks';
import { duration, exactTime, relativeTime } from '~/shared/lib/time';
import { useKept } from '~/shared/lib/use-kept';
import filters from '~/shared/ui/filters.module.css';
import { Notice } from '~/shared/ui/notice';
import { Panel } from '~/shared/ui/panel';
import { Skeleton } from '~/shared/ui/skeleton';
import { StateDot } from '~/shared/ui/state-dot';
import { ForgetButton } from './run-actions';
import { isFinal, kindWord, stateWord } from './state-word';
import styles from './training.module.css';
import { readTrainingSearch, states, type TrainingSearch } from './training-search';

/** What to ask for a page of the history. */
export const historyVariables = (search: TrainingSearch, after?: string): TrainingRunsQueryVariables => ({
  first: 20,
  after,
  sort: search.sort ?? 'NEWEST',
  filter: { states: search.state && [search.state], kinds: search.kind && [search.kind] },
});

/** The runs there were, with filter and order in the address. */
export function RunHistory({
  state,
  search,
  onChange,
  onPage,
}: {
  state: QueryState<TrainingRunsQuery>;
  search: TrainingSearch;
  onChange(next: TrainingSearch): void;
  /** Asks for the page behind a cursor; undefined: the first. */
  onPage(after: string | undefined): void;
}) {
  const [trail, setTrail] = useState<string[]>([]);
  const runs = useKept(state.data?.trainingRuns);
  const change = (next: Record<string, unknown>) => {
    go([]);
    onChange(readTrainingSearch({ ...search, ...next }));
  };
  const go = (next: string[]) => {
    setTrail(next);
    onPage(next.at(-1));
  };
  return (
    <Panel title="History">
      <Filters search={search} onChange={change} />
      {state.error && (
        <Notice tone="failed" title="The runs cannot be listed now.">
          {state.error.message}
        </Notice>
      )}
      {!runs && !state.error && <Skeleton height="14rem" radius="var(--radius-card)" />}
      {runs && runs.edges.length === 0 && (
        <Notice title={search.state || search.kind ? 'No run fits.' : 'Nothing was trained yet.'}>
          {search.state || search.kind
            ? 'Take a filter away.'
            : 'Every run will stand here with what it was asked for and what came of it. Start the first one above.'}
        </Notice>
      )}
      {runs && runs.edges.length > 0 && (
        <Rows rows={runs.edges.map(({ node }) => node)} shown={search.run} onChanged={state.refresh} />
      )}
      {(trail.length > 0 || runs?.pageInfo.hasNextPage) && (
        <div className={styles.buttons}>
          <Button variant="default" disabled={trail.length === 0} onClick={() => go(trail.slice(0, -1))}>
            Back
          </Button>
          <Button
            variant="default"
            disabled={!runs?.pageInfo.hasNextPage}
            onClick={() => runs?.pageInfo.endCursor && go([...trail, runs.pageInfo.endCursor])}
          >
            Next
          </Button>
        </div>
      )}
    </Panel>
  );
}

function Filters({ search, onChange }: { search: TrainingSearch; onChange(next: Record<string, unknown>): void }) {
  return (
    <div className={filters.bar}>
      <NativeSelect
        label="State"
        value={search.state ?? ''}
        onChange={(event) => onChange({ state: event.currentTarget.value })}
        data={[{ value: '', label: 'All' }, ...states.map((value) => ({ value, label: stateWord(value).word }))]}
      />
      <NativeSelect
        label="Kind"
        value={search.kind ?? ''}
        onChange={(event) => onChange({ kind: event.currentTarget.value })}
        data={[
          { value: '', label: 'All' },
          { value: 'FULL', label: kindWord('FULL') },
          { value: 'INCREMENTAL', label: kindWord('INCREMENTAL') },
        ]}
      />
      <NativeSelect
        label="Order"
        value={search.sort ?? 'NEWEST'}
        onChange={(event) => onChange({ sort: event.currentTarget.value })}
        data={[
          { value: 'NEWEST', label: 'Newest' },
          { value: 'OLDEST', label: 'Oldest' },
          { value: 'LONGEST', label: 'Longest' },
        ]}
      />
    </div>
  );
}

function Rows({
  rows,
  shown,
  onChanged,
}: {
  rows: FragmentType<typeof RunRowFragmentDoc>[];
  shown: string | undefined;
  onChanged(): void;
}) {
  return (
    <Table.ScrollContainer minWidth={680}>
      <Table>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>Asked for</Table.Th>
            <Table.Th>State</Table.Th>
            <Table.Th>Kind</Table.Th>
            <Table.Th className={styles.number}>Factors</Table.Th>
            <Table.Th className={styles.number}>Epochs</Table.Th>
            <Table.Th className={styles.number}>Took</Table.Th>
            <Table.Th>What came of it</Table.Th>
            <Table.Th>
              <span className="visually-hidden">What can be done</span>
            </Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {rows.map((masked) => {
            const run = readFragment(RunRowFragmentDoc, masked);
            const { word, tone } = stateWord(run.state);
            const asked = relativeTime(run.queuedAt, new Date());
            return (
              <Table.Tr key={run.id} aria-current={run.id === shown || undefined} className={styles.row}>
                <Table.Td title={exactTime(run.queuedAt)}>
                  <Link to="/training" search={((before: object) => ({ ...before, run: run.id })) as never}>
                    {asked}
                  </Link>
                </Table.Td>
                <Table.Td>
                  <StateDot tone={tone}>{word}</StateDot>
                </Table.Td>
                <Table.Td>{kindWord(run.kind)}</Table.Td>
                <Table.Td className={styles.number}>{run.config.dim || '–'}</Table.Td>
                <Table.Td className={styles.number}>{run.config.epochs || '–'}</Table.Td>
                <Table.Td className={styles.number}>{took(run.startedAt, run.endedAt)}</Table.Td>
                <Table.Td className={styles.outcome}>
                  {run.model ? (
                    <>
                      <Link to="/models/$name" params={{ name: run.model.name }}>
                        {run.model.title ?? `Model ${run.model.name.slice(0, 8)}`}
                      </Link>
                      {run.promoted && ', went live'}
                    </>
                  ) : (
                    run.error
                  )}
                </Table.Td>
                <Table.Td className={styles.number}>
                  {isFinal(run.state) && <ForgetButton runId={run.id} name={asked} onDone={onChanged} />}
                </Table.Td>
              </Table.Tr>
            );
          })}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}

function took(startedAt: string | null | undefined, endedAt: string | null | undefined): string {
  if (!startedAt || !endedAt) return '–';
  return duration(new Date(endedAt).getTime() - new Date(startedAt).getTime());
}
