import { Table } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { type FragmentType, readFragment } from '~/gql';
import { RunRowFragmentDoc } from '~/gql/graphql';
import { duration, exactTime, relativeTime } from '~/shared/lib/time';
import { Notice } from '~/shared/ui/notice';
import { Panel } from '~/shared/ui/panel';
import { StateDot } from '~/shared/ui/state-dot';
import { stateWord } from './state-word';
import styles from './training.module.css';

/** The runs there were, newest first. */
export function RunHistory({ runs }: { runs: FragmentType<typeof RunRowFragmentDoc>[] }) {
  if (runs.length === 0) {
    return (
      <Notice title="Nothing was trained yet.">
        Every run will stand here with what it was asked for and what came of it. Start the first one above.
      </Notice>
    );
  }
  return (
    <Panel title="History">
      <Table.ScrollContainer minWidth={640}>
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
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {runs.map((masked) => {
              const run = readFragment(RunRowFragmentDoc, masked);
              const { word, tone } = stateWord(run.state);
              return (
                <Table.Tr key={run.id}>
                  <Table.Td title={exactTime(run.queuedAt)}>{relativeTime(run.queuedAt, new Date())}</Table.Td>
                  <Table.Td>
                    <StateDot tone={tone}>{word}</StateDot>
                  </Table.Td>
                  <Table.Td>{run.kind === 'FULL' ? 'Everything' : 'What changed'}</Table.Td>
                  <Table.Td className={styles.number}>{run.config.dim}</Table.Td>
                  <Table.Td className={styles.number}>{run.config.epochs}</Table.Td>
                  <Table.Td className={styles.number}>{took(run.startedAt, run.endedAt)}</Table.Td>
                  <Table.Td className={styles.outcome}>
                    {run.model ? (
                      <Link to="/models" hash={run.model.name}>
                        Model {run.model.name.slice(0, 8)}
                      </Link>
                    ) : (
                      run.error
                    )}
                  </Table.Td>
                </Table.Tr>
              );
            })}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
    </Panel>
  );
}

function took(startedAt: string | null | undefined, endedAt: string | null | undefined): string {
  if (!startedAt || !endedAt) return '–';
  return duration(new Date(endedAt).getTime() - new Date(startedAt).getTime());
}
