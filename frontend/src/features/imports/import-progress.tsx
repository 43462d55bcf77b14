import { Button } from '@mantine/core';
import { useState } from 'react';
import { type FragmentType, readFragment } from '~/gql';
import {
  ImportCancelDocument,
  type ImportDetailsFragment,
  ImportDetailsFragmentDoc,
  ImportProgressDocument,
} from '~/gql/graphql';
import { useCommand, useLive } from '~/shared/api/hooks';
import { Notice } from '~/shared/ui/notice';
import { Panel } from '~/shared/ui/panel';
import { StateDot } from '~/shared/ui/state-dot';
import { useToast } from '~/shared/ui/toast';
import { ImportOutcome } from './import-outcome';
import styles from './imports.module.css';
import { count, isFinal, kindWord, phases, stateWord } from './words';

type Details = FragmentType<typeof ImportDetailsFragmentDoc>;

/** Follows one import: its phase, the rows as they are read, what came of it; and stops it. */
export function ImportProgress({
  importId,
  known,
  onEnded,
  onAnother,
}: {
  importId: string;
  known?: Details;
  onEnded(): void;
  onAnother(): void;
}) {
  const [live, setLive] = useState<Details>();
  const { error } = useLive(ImportProgressDocument, { id: importId }, ({ importProgress }) => {
    setLive(importProgress);
    if (isFinal(importProgress.state)) onEnded();
  });
  const details = readFragment(ImportDetailsFragmentDoc, live ?? known);
  if (error) {
    return (
      <Notice
        tone="failed"
        title="The import cannot be followed now."
        action={<Button onClick={onAnother}>Import another file</Button>}
      >
        {error.message} If it runs, it goes on all the same.
      </Notice>
    );
  }
  if (!details) return <p role="status">Waiting for word from the import…</p>;
  const { word, tone } = stateWord(details.state);
  return (
    <Panel
      title={`${kindWord(details.kind)} of ${details.fileName}`}
      aside={
        <>
          <StateDot tone={tone}>{word}</StateDot>
          {!isFinal(details.state) && <StopButton importId={details.id} isAsked={details.cancelAsked} />}
        </>
      }
    >
      {isFinal(details.state) ? <ImportOutcome details={details} onAnother={onAnother} /> : <Steps details={details} />}
    </Panel>
  );
}

function Steps({ details }: { details: ImportDetailsFragment }) {
  const current = phases.findIndex(({ phase }) => phase === details.phase);
  return (
    <>
      <ol className={styles.steps} aria-label="Phases">
        {phases.map(({ phase, word }, place) => (
          <li
            key={phase}
            className={styles.step}
            data-state={place < current ? 'done' : place === current ? 'now' : 'later'}
            aria-current={place === current ? 'step' : undefined}
          >
            {word}
          </li>
        ))}
      </ol>
      <progress
        className={styles.bar}
        aria-label="Rows done"
        value={details.rowsToDo ? details.rowsDone : undefined}
        max={details.rowsToDo ?? undefined}
      />
      <p className={styles.said} aria-live="polite">
        {sentence(details)}
      </p>
      <p className={styles.quiet}>It goes on if you leave this page, and the shop stays open meanwhile.</p>
    </>
  );
}

/** What a running import does, in a sentence. */
function sentence({ state, phase, rowsDone, rowsToDo }: ImportDetailsFragment): string {
  if (state === 'QUEUED') return 'It waits: one import runs at a time.';
  const rows = rowsToDo ? `${count(rowsDone)} of ${count(rowsToDo)}` : count(rowsDone);
  switch (phase) {
    case 'CHECK':
      return 'Finding the customers that the rows name.';
    case 'WRITE':
      return `Writing: ${rows} done.`;
    case 'PUBLISH':
      return 'Making it part of the shop.';
    default:
      return `Reading: ${rows} rows so far.`;
  }
}

function StopButton({ importId, isAsked }: { importId: string; isAsked: boolean }) {
  const cancel = useCommand(ImportCancelDocument);
  const say = useToast();
  const [isBusy, setBusy] = useState(false);
  const stop = async () => {
    setBusy(true);
    const { data, error } = await cancel({ input: { importId } });
    setBusy(false);
    const wrong = error?.message ?? data?.importCancel.userErrors[0]?.message;
    if (wrong) say(wrong, 'failed');
  };
  return (
    <Button variant="default" size="xs" loading={isBusy || isAsked} onClick={stop}>
      Stop the import
    </Button>
  );
}
