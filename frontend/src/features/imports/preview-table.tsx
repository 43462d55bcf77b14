import { Table } from '@mantine/core';
import type { ImportColumnType } from '~/gql/graphql';
import { Panel } from '~/shared/ui/panel';
import styles from './imports.module.css';
import type { Preview } from './mapping';
import { WideTable } from './wide-table';

const types: Record<ImportColumnType, string> = {
  TEXT: 'text',
  INTEGER: 'whole number',
  DECIMAL: 'number',
  TIME: 'date or time',
  EMAIL: 'e-mail',
  EMPTY: 'empty',
};

const isNumber = (type: ImportColumnType) => type === 'INTEGER' || type === 'DECIMAL';

/** The first rows of a file, with what its columns look like. */
export function PreviewTable({ preview }: { preview: Preview }) {
  const rows = preview.rows.length === 1 ? 'The first row' : `The first ${preview.rows.length} rows`;
  return (
    <Panel title={preview.rows.length === 0 ? 'No rows' : rows}>
      <WideTable
        name={`The first rows of ${preview.fileName}`}
        minWidth={preview.columns.length * 110}
        className={styles.rows}
      >
        <Table.Thead>
          <Table.Tr>
            {preview.columns.map(({ name, type }) => (
              <Table.Th key={name} className={isNumber(type) ? styles.number : undefined}>
                {name}
                <span className={styles.type}>{types[type]}</span>
              </Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {preview.rows.map((row, place) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: rows of a file have no other name than their place
            <Table.Tr key={place}>
              {preview.columns.map(({ name, type }, n) => (
                <Table.Td key={name} className={isNumber(type) ? styles.number : undefined}>
                  {row[n]}
                </Table.Td>
              ))}
            </Table.Tr>
          ))}
        </Table.Tbody>
      </WideTable>
    </Panel>
  );
}
