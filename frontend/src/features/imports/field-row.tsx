import { NativeSelect, TextInput } from '@mantine/core';
import styles from './imports.module.css';
import { type Choice, type Preview, sampleOf } from './mapping';

const nothing = '–';
const calculated = '=';

/** One field: the column that it is, or the expression that gives it. */
export function FieldRow({
  field,
  preview,
  choice,
  onChoice,
  wrong,
}: {
  field: Preview['fields'][number];
  preview: Preview;
  choice: Choice;
  onChoice(choice: Choice): void;
  wrong?: string;
}) {
  const isCalculated = choice.expression !== undefined;
  const value = isCalculated ? calculated : choice.column === undefined ? nothing : `c${choice.column}`;
  const sample = choice.column === undefined ? undefined : sampleOf(preview, choice.column);
  const pick = (next: string) => {
    if (next === nothing) return onChoice({});
    if (next === calculated) {
      return onChoice({ expression: choice.column === undefined ? '' : `"${choice.column.replaceAll('"', '""')}"` });
    }
    onChoice({ column: next.slice(1) });
  };
  return (
    <div className={styles.field}>
      <NativeSelect
        label={field.name}
        description={field.about}
        withAsterisk={field.needed}
        value={value}
        onChange={(event) => pick(event.currentTarget.value)}
        error={isCalculated ? undefined : wrong}
        data={[
          { value: nothing, label: 'Not in the file' },
          ...preview.columns.map(({ name }) => ({ value: `c${name}`, label: name })),
          { value: calculated, label: 'An expression …' },
        ]}
      />
      {isCalculated ? (
        <TextInput
          label={`Expression for ${field.name}`}
          description="SQL over the columns of a row, which are texts; names in double quotes."
          value={choice.expression}
          onChange={(event) => onChoice({ expression: event.currentTarget.value })}
          error={wrong}
          className={styles.expression}
          spellCheck={false}
          required
        />
      ) : (
        <p className={styles.sample}>{sample === undefined ? '' : `such as ${sample}`}</p>
      )}
    </div>
  );
}
