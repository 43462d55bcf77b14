import { Button, Table } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { ImportDetailsFragment } from '~/gql/graphql';
import { Notice } from '~/shared/ui/notice';
import styles from './imports.module.css';
import { WideTable } from './wide-table';
import { count } from './words';

/** What came of an import: how many rows were taken, why others were not, and where to look now. */
export function ImportOutcome({ details, onAnother }: { details: ImportDetailsFragment; onAnother(): void }) {
  return (
    <>
      {details.state === 'FAILED' && (
        <Notice tone="failed" title="It failed.">
          {details.error}
        </Notice>
      )}
      {details.state === 'CANCELLED' && (
        <Notice title="It was stopped.">
          {details.kind === 'EVENTS'
            ? 'Nothing of the file is in the shop.'
            : 'What was saved before stays. Importing the file again completes it.'}
        </Notice>
      )}
      {details.state === 'DONE' && <Done details={details} />}
      <div className={styles.next}>
        {details.state === 'DONE' && details.accepted > 0 && <Destination details={details} />}
        <Button variant="default" onClick={onAnother}>
          Import another file
        </Button>
      </div>
    </>
  );
}

function Done({ details }: { details: ImportDetailsFragment }) {
  const { rows, accepted, duplicates, rejected } = details;
  return (
    <>
      <dl className={styles.figures}>
        <Figure name="Rows" value={rows} />
        <Figure name="Taken" value={accepted} />
        <Figure name="Known before" value={duplicates} />
        <Figure name="Rejected" value={rejected} />
      </dl>
      {rejected > 0 && (
        <Notice
          tone="attention"
          title={`${count(rejected)} of ${count(rows)} rows were rejected.`}
          action={
            details.rejectsUrl && (
              <a href={details.rejectsUrl} download>
                Download them with the reasons
              </a>
            )
          }
        >
          <ul className={styles.reasons}>
            {details.reasons.map(({ reason, rows: n }) => (
              <li key={reason}>
                {count(n)} × {reason}
              </li>
            ))}
          </ul>
        </Notice>
      )}
      {rejected > 0 && <FirstRejects details={details} />}
    </>
  );
}

function FirstRejects({ details }: { details: ImportDetailsFragment }) {
  return (
    <WideTable name="The first rejected rows" minWidth={480} className={styles.rows}>
      <Table.Caption>The first of them</Table.Caption>
      <Table.Thead>
        <Table.Tr>
          <Table.Th className={styles.number}>Line</Table.Th>
          <Table.Th>Reason</Table.Th>
          <Table.Th>Row</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {details.rejects.map(({ line, reason, row }) => (
          <Table.Tr key={line}>
            <Table.Td className={styles.number}>{count(line)}</Table.Td>
            <Table.Td>{reason}</Table.Td>
            <Table.Td className={styles.code}>{row}</Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </WideTable>
  );
}

function Figure({ name, value }: { name: string; value: number }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{count(value)}</dd>
    </div>
  );
}

/** Where what was imported is now. */
function Destination({ details }: { details: ImportDetailsFragment }) {
  switch (details.kind) {
    case 'PRODUCTS':
      return <Link to="/products">See the products</Link>;
    case 'CUSTOMERS':
      return <Link to="/customers">See the customers</Link>;
    default:
      return <Link to="/training">Train a model on them</Link>;
  }
}
