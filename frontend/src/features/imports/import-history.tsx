import { Button, Table } from '@mantine/core';
import { useState } from 'react';
import { type FragmentType, readFragment } from '~/gql';
import { ImportDeleteDocument, ImportDetailsFragmentDoc } from '~/gql/graphql';
import { useCommand } from '~/shared/api/hooks';
import { exactTime, relativeTime } from '~/shared/lib/time';
import { Notice } from '~/shared/ui/notice';
import { Panel } from '~/shared/ui/panel';
import { StateDot } from '~/shared/ui/state-dot';
import { useToast } from '~/shared/ui/toast';
import styles from './imports.module.css';
import { WideTable } from './wide-table';
import { count, isFinal, kindWord, stateWord, took } from './words';

type Details = FragmentType<typeof ImportDetailsFragmentDoc>;

/** The imports there were, newest first. */
export function ImportHistory({
  imports,
  onOpen,
  onChanged,
}: {
  imports: Details[];
  onOpen(importId: string): void;
  onChanged(): void;
}) {
  if (imports.length === 0) {
    return (
      <Notice title="Nothing was imported yet.">
        Every import will stand here, with its counts and the rows that were rejected. Begin with your products, then
        customers, then what they bought: the order does not matter, and importing a file twice changes nothing.
      </Notice>
    );
  }
  return (
    <Panel title="History">
      <WideTable name="Imports" minWidth={760}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>Asked for</Table.Th>
            <Table.Th>File</Table.Th>
            <Table.Th>Kind</Table.Th>
            <Table.Th>State</Table.Th>
            <Table.Th className={styles.number}>Rows</Table.Th>
            <Table.Th className={styles.number}>Taken</Table.Th>
            <Table.Th className={styles.number}>Rejected</Table.Th>
            <Table.Th className={styles.number}>Took</Table.Th>
            <Table.Th>
              <span className="visually-hidden">What can be done</span>
            </Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {imports.map((masked) => {
            const one = readFragment(ImportDetailsFragmentDoc, masked);
            const { word, tone } = stateWord(one.state);
            return (
              <Table.Tr key={one.id}>
                <Table.Td title={exactTime(one.queuedAt)}>{relativeTime(one.queuedAt, new Date())}</Table.Td>
                <Table.Td>
                  <button type="button" className={styles.open} onClick={() => onOpen(one.id)}>
                    {one.fileName}
                  </button>
                </Table.Td>
                <Table.Td>{kindWord(one.kind)}</Table.Td>
                <Table.Td>
                  <StateDot tone={tone}>{word}</StateDot>
                </Table.Td>
                <Table.Td className={styles.number}>{count(one.rows)}</Table.Td>
                <Table.Td className={styles.number}>{count(one.accepted)}</Table.Td>
                <Table.Td className={styles.number}>
                  {one.rejectsUrl ? (
                    <a
                      href={one.rejectsUrl}
                      download
                      aria-label={`Download the ${count(one.rejected)} rejected rows of ${one.fileName}`}
                    >
                      {count(one.rejected)}
                    </a>
                  ) : (
                    count(one.rejected)
                  )}
                </Table.Td>
                <Table.Td className={styles.number}>{took(one)}</Table.Td>
                <Table.Td className={styles.number}>
                  {isFinal(one.state) && (
                    <DeleteButton importId={one.id} fileName={one.fileName} onDeleted={onChanged} />
                  )}
                </Table.Td>
              </Table.Tr>
            );
          })}
        </Table.Tbody>
      </WideTable>
    </Panel>
  );
}

/** Forgets an import; asks once, in place. */
function DeleteButton({ importId, fileName, onDeleted }: { importId: string; fileName: string; onDeleted(): void }) {
  const remove = useCommand(ImportDeleteDocument);
  const say = useToast();
  const [isAsked, setAsked] = useState(false);
  const [isBusy, setBusy] = useState(false);
  const run = async () => {
    setBusy(true);
    const { data, error } = await remove({ input: { importId } });
    setBusy(false);
    const wrong = error?.message ?? data?.importDelete.userErrors[0]?.message;
    if (wrong) return say(wrong, 'failed');
    say(`The import of ${fileName} is forgotten. What it imported stays.`);
    onDeleted();
  };
  if (!isAsked) {
    return (
      <Button
        size="xs"
        variant="default"
        onClick={() => setAsked(true)}
        aria-label={`Forget the import of ${fileName}`}
      >
        Forget
      </Button>
    );
  }
  return (
    <Button
      size="xs"
      color="red"
      variant="outline"
      autoFocus
      loading={isBusy}
      onClick={run}
      onBlur={() => setAsked(false)}
      aria-label={`Forget the import of ${fileName} and its rejected rows for good`}
      className={styles.danger}
    >
      Forget for good
    </Button>
  );
}
