import { Radio } from '@mantine/core';
import type { ImportKind } from '~/gql/graphql';
import styles from './imports.module.css';
import { kinds } from './words';

/** What the rows of a file are. */
export function KindChoice({ kind, onKind }: { kind: ImportKind; onKind(kind: ImportKind): void }) {
  return (
    <Radio.Group
      label="What its rows are"
      value={kind}
      onChange={(value) => {
        const chosen = kinds.find((one) => one.kind === value);
        if (chosen) onKind(chosen.kind);
      }}
    >
      <div className={styles.kinds}>
        {kinds.map((one) => (
          <Radio key={one.kind} value={one.kind} label={one.word} description={one.about} />
        ))}
      </div>
    </Radio.Group>
  );
}
