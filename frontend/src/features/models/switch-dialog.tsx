import { Button, Modal } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import {
  ModelPromoteDocument,
  ModelRollBackDocument,
  ModelSwitchPreviewDocument,
  type ModelSwitchPreviewQuery,
} from '~/gql/graphql';
import { useCommand, useGraphql } from '~/shared/api/hooks';
import { exactTime, relativeTime } from '~/shared/lib/time';
import { Notice } from '~/shared/ui/notice';
import { Skeleton } from '~/shared/ui/skeleton';
import { useToast } from '~/shared/ui/toast';
import { modelName } from './model-name';
import styles from './models.module.css';

type Preview = ModelSwitchPreviewQuery['modelPromotePreview'];

/** Asks once before another model answers, and shows what changes. */
export function SwitchDialog({ modelId, onClose }: { modelId: string; onClose(isDone: boolean): void }) {
  const { data, error, isPending } = useGraphql(ModelSwitchPreviewDocument, { modelId });
  const preview = data?.modelPromotePreview;
  const name = preview ? modelName(preview.to) : '';
  const title = !preview
    ? 'What would change'
    : preview.isRollBack
      ? `Roll back to model ${name}?`
      : `Put model ${name} live?`;
  return (
    <Modal opened onClose={() => onClose(false)} title={title}>
      <div className={styles.dialog}>
        {isPending && <Skeleton height="12rem" radius="var(--radius-card)" />}
        {error && (
          <Notice tone="failed" title="What would change cannot be told now.">
            {error.message}
          </Notice>
        )}
        {preview && <Changes preview={preview} />}
        {preview && <Buttons preview={preview} name={name} onClose={onClose} />}
      </div>
    </Modal>
  );
}

function Changes({ preview: { from, to, text, differences } }: { preview: Preview }) {
  const isWorse = differences?.some(({ verdict }) => verdict === 'WORSE');
  return (
    <>
      <div className={styles.fromTo}>
        <Side word="Answers now" model={from} />
        <span aria-hidden="true">→</span>
        <Side word="Would answer" model={to} />
      </div>
      {isWorse && (
        <Notice tone="attention" title="It was found to be worse.">
          On the same hold-out some of its measures are clearly lower. Put it live if you know better.
        </Notice>
      )}
      <ul className={styles.sentences}>
        {text.map((sentence) => (
          <li key={sentence}>{sentence}</li>
        ))}
      </ul>
      {from && !differences && (
        <Link to="/models/compare" search={{ a: from.id, b: to.id } as never}>
          Compare them first
        </Link>
      )}
    </>
  );
}

function Side({ word, model }: { word: string; model: Preview['from'] }) {
  return (
    <div>
      <p className={styles.quiet}>{word}</p>
      <p>{model ? modelName(model) : 'No model'}</p>
      {model && (
        <p className={styles.quiet} title={exactTime(model.trainedAt)}>
          knows all until {relativeTime(model.trainedAt, new Date())}
        </p>
      )}
    </div>
  );
}

function Buttons({ preview, name, onClose }: { preview: Preview; name: string; onClose(isDone: boolean): void }) {
  const promote = useCommand(ModelPromoteDocument);
  const rollBack = useCommand(ModelRollBackDocument);
  const say = useToast();
  const [isBusy, setBusy] = useState(false);
  const [wrong, setWrong] = useState<string>();
  const run = async () => {
    setBusy(true);
    const { payload, error } = preview.isRollBack
      ? await rollBack({}).then(({ data, error }) => ({ error, payload: data?.modelRollBack }))
      : await promote({ input: { modelId: preview.to.id } }).then(({ data, error }) => ({
          error,
          payload: data?.modelPromote,
        }));
    setBusy(false);
    const failure = error?.message ?? payload?.userErrors[0]?.message;
    if (failure) return setWrong(failure);
    const back = payload?.change?.rollBackTo;
    say(`Model ${name} answers now. ${back ? `Rolling back returns to ${back.name.slice(0, 8)}.` : ''}`.trim());
    onClose(true);
  };
  return (
    <>
      {wrong && (
        <Notice tone="failed" title="Nothing was changed.">
          {wrong}
        </Notice>
      )}
      <div className={styles.buttons}>
        <Button variant="default" onClick={() => onClose(false)}>
          Leave it as it is
        </Button>
        <Button loading={isBusy} onClick={run} data-autofocus>
          {preview.isRollBack ? `Roll back to ${name}` : `Put ${name} live`}
        </Button>
      </div>
    </>
  );
}
