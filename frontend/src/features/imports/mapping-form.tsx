import { Button, Checkbox, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { type ImportKind, ImportStartDocument } from '~/gql/graphql';
import { useCommand } from '~/shared/api/hooks';
import { Notice } from '~/shared/ui/notice';
import { Panel } from '~/shared/ui/panel';
import { FieldRow } from './field-row';
import styles from './imports.module.css';
import { KindChoice } from './kind-choice';
import { attributeName, type Choice, type Preview, suggested, toInput, unused } from './mapping';

interface Wrong {
  field?: string | null;
  message: string;
}

/** Says what the columns of a file are, beginning with what they look like, and starts the import. */
export function MappingForm({
  preview,
  onKind,
  onStarted,
  onLeave,
}: {
  preview: Preview;
  onKind(kind: ImportKind): void;
  onStarted(importId: string): void;
  onLeave(): void;
}) {
  const start = useCommand(ImportStartDocument);
  const [choices, setChoices] = useState(() => suggested(preview));
  const [kept, setKept] = useState<string[]>([]);
  const [currency, setCurrency] = useState('');
  const [isSending, setSending] = useState(false);
  const [wrong, setWrong] = useState<Wrong>();

  const isSet = (choice?: Choice) => choice?.column !== undefined || choice?.expression !== undefined;
  const needsCurrency = isSet(choices.price) && !isSet(choices.currency);
  const left = preview.kind === 'EVENTS' ? [] : unused(preview, choices);
  const mapping = toInput(
    preview,
    choices,
    kept.filter((column) => left.includes(column)),
  );
  const wrongRow = /^mapping\.(\d+)/.exec(wrong?.field ?? '')?.[1];
  const wrongField = wrongRow === undefined ? undefined : mapping[Number(wrongRow)]?.field;
  const isAtField = preview.fields.some(({ name }) => name === wrongField);

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setSending(true);
    const { data, error } = await start({
      input: {
        uploadId: preview.uploadId,
        kind: preview.kind,
        mapping,
        currency: needsCurrency ? currency.toUpperCase() : undefined,
      },
    });
    setSending(false);
    setWrong(error ?? data?.importStart.userErrors[0]);
    if (data?.importStart.import) onStarted(data.importStart.import.id);
  };

  return (
    <Panel
      title={`What is in ${preview.fileName}`}
      aside={
        <Button variant="subtle" size="xs" onClick={onLeave}>
          Choose another file
        </Button>
      }
    >
      <form onSubmit={submit} className={styles.form}>
        <KindChoice kind={preview.kind} onKind={onKind} />
        <fieldset className={styles.fields}>
          <legend className={styles.legend}>Where each field is</legend>
          <p className={styles.quiet}>
            The choices below are what the columns look like. Change what is wrong; leave what the file does not have.
          </p>
          {preview.fields.map((field) => (
            <FieldRow
              key={field.name}
              field={field}
              preview={preview}
              choice={choices[field.name] ?? {}}
              onChoice={(choice) => setChoices({ ...choices, [field.name]: choice })}
              wrong={wrongField === field.name ? wrong?.message : undefined}
            />
          ))}
        </fieldset>
        {left.length > 0 && (
          <fieldset className={styles.fields}>
            <legend className={styles.legend}>Other columns to keep, as attributes</legend>
            <div className={styles.kept}>
              {left.map((column) => (
                <Checkbox
                  key={column}
                  label={column}
                  description={`attributes.${attributeName(column)}`}
                  checked={kept.includes(column)}
                  onChange={(event) =>
                    setKept(event.currentTarget.checked ? [...kept, column] : kept.filter((one) => one !== column))
                  }
                />
              ))}
            </div>
          </fieldset>
        )}
        {needsCurrency && (
          <TextInput
            label="Currency of the prices"
            description="Three letters, such as EUR or USD."
            value={currency}
            onChange={(event) => setCurrency(event.currentTarget.value)}
            maxLength={3}
            className={styles.currency}
            error={wrong?.field === 'currency' ? wrong.message : undefined}
            required
          />
        )}
        {wrong && !isAtField && wrong.field !== 'currency' && (
          <Notice tone="failed" title="The import was not started.">
            {wrong.message}
          </Notice>
        )}
        <div>
          <Button type="submit" loading={isSending}>
            Import {preview.fileName}
          </Button>
        </div>
      </form>
    </Panel>
  );
}
