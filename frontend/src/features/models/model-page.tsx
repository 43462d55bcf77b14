import { Button, Table } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { readFragment } from '~/gql';
import { type ModelDetailFragment, ModelDetailFragmentDoc, ModelPageDocument } from '~/gql/graphql';
import { useGraphql } from '~/shared/api/hooks';
import { exactTime, relativeTime } from '~/shared/lib/time';
import { LineChart } from '~/shared/ui/line-chart';
import { Notice } from '~/shared/ui/notice';
import { Panel } from '~/shared/ui/panel';
import { Skeleton } from '~/shared/ui/skeleton';
import { StateDot } from '~/shared/ui/state-dot';
import { DeleteDialog } from './delete-dialog';
import { LabelForm } from './label-form';
import { formatBytes } from './metrics';
import { JudgedPanels } from './metrics-panel';
import { modelWord } from './model-state';
import styles from './models.module.css';
import { SwitchDialog } from './switch-dialog';

/** One model: how good it is, what it was made of, what people say of it, and what can be done with it. */
export function ModelPage({ name, onDeleted }: { name: string; onDeleted(): void }) {
  const { data, error, isPending, refresh } = useGraphql(ModelPageDocument, { name });
  const [asked, setAsked] = useState<'switch' | 'delete'>();
  if (isPending) return <Skeleton height="32rem" radius="var(--radius-card)" />;
  if (error) {
    return (
      <Notice
        tone="failed"
        title="The model cannot be shown now."
        action={<Button onClick={refresh}>Try again</Button>}
      >
        {error.message}
      </Notice>
    );
  }
  const model = readFragment(ModelDetailFragmentDoc, data.model);
  if (!model) {
    return (
      <Notice title="There is no such model." action={<Link to="/models">All models</Link>}>
        It was deleted, or made room for newer ones.
      </Notice>
    );
  }
  return (
    <>
      <Head model={model} liveId={data.live.edges[0]?.node.id} onAsk={setAsked} />
      <div className={styles.columns}>
        <div className={styles.column}>
          <JudgedPanels metrics={model.metrics} />
          <Training model={model} />
        </div>
        <div className={styles.column}>
          <LabelForm key={model.id} model={model} />
          <Parts model={model} />
          <Panel title="Learnt from">
            <Facts rows={learntFrom(model)} />
          </Panel>
        </div>
      </div>
      {asked === 'switch' && (
        <SwitchDialog
          modelId={model.id}
          onClose={(isDone) => {
            setAsked(undefined);
            if (isDone) refresh();
          }}
        />
      )}
      {asked === 'delete' && (
        <DeleteDialog
          model={model}
          onClose={(isDone) => {
            setAsked(undefined);
            if (isDone) onDeleted();
          }}
        />
      )}
    </>
  );
}

function Head({
  model,
  liveId,
  onAsk,
}: {
  model: ModelDetailFragment;
  liveId: string | undefined;
  onAsk(what: 'switch' | 'delete'): void;
}) {
  const { word, tone } = modelWord(model.state);
  return (
    <div className={styles.modelHead}>
      {model.title && <h2>{model.title}</h2>}
      <StateDot tone={tone}>{word}</StateDot>
      <span className={styles.quiet} title={exactTime(model.createdAt)}>
        made {relativeTime(model.createdAt, new Date())}
      </span>
      <div className={styles.buttons}>
        {model.state !== 'LIVE' && liveId && (
          <Link to="/models/compare" search={{ a: liveId, b: model.id } as never}>
            Compare with the live model
          </Link>
        )}
        {(model.state === 'CANDIDATE' || model.state === 'RETIRED') && (
          <Button variant="subtle" onClick={() => onAsk('delete')}>
            Delete
          </Button>
        )}
        {model.state !== 'LIVE' && (
          <Button onClick={() => onAsk('switch')}>{model.state === 'PREVIOUS' ? 'Roll back to it' : 'Promote'}</Button>
        )}
      </div>
    </div>
  );
}

/** The parameters of a model, and the loss of the run that made it where that is kept. */
function Training({ model }: { model: ModelDetailFragment }) {
  return (
    <Panel title="How it was trained">
      {model.run ? (
        <>
          <LineChart
            values={model.run.losses}
            steps={Math.max(1, model.run.losses.length)}
            label="Loss by epoch"
            stepName="epoch"
          />
          {model.run.chosen && <p>{model.run.chosen}</p>}
          <p>
            <Link to="/training" search={{ run: model.run.id } as never}>
              The run that made it
            </Link>
          </p>
        </>
      ) : (
        <p className={styles.quiet}>The run that made it is not kept any more.</p>
      )}
      <Facts rows={parameters(model)} />
    </Panel>
  );
}

const partWords: Record<string, string> = {
  factors: 'Factors',
  'factors-2': 'Second factors',
  neighbours: 'Neighbours',
  gain: 'Gain',
  attributes: 'Attributes',
};

/** What a model consists of: a score is the sum of what its parts say, times the gain. */
function Parts({ model }: { model: ModelDetailFragment }) {
  return (
    <Panel title="Parts">
      <Table>
        <Table.Tbody>
          {model.parts.map(({ name, bytes, text }) => (
            <Table.Tr key={name}>
              <Table.Th scope="row">{partWords[name] ?? name}</Table.Th>
              <Table.Td>{text}</Table.Td>
              <Table.Td className={styles.number}>{bytes == null ? '–' : formatBytes(bytes)}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Panel>
  );
}

function Facts({ rows }: { rows: [string, string][] }) {
  return (
    <Table>
      <Table.Tbody>
        {rows.map(([name, value]) => (
          <Table.Tr key={name}>
            <Table.Th scope="row">{name}</Table.Th>
            <Table.Td className={styles.number}>{value}</Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}

const count = (value: number) => value.toLocaleString('en');
const day = (at: string) => new Intl.DateTimeFormat('en', { dateStyle: 'medium' }).format(new Date(at));

function learntFrom(model: ModelDetailFragment): [string, string][] {
  const rows: [string, string][] = [
    ['Events', count(model.events)],
    ['Customers and sessions', count(model.users)],
    ['Products', count(model.items)],
    ['Pairs of the two', count(model.entries)],
    ['Knows all until', exactTime(model.trainedAt)],
  ];
  if (model.learntFrom && model.learntUntil) {
    rows.splice(4, 0, ['What happened', `${day(model.learntFrom)} – ${day(model.learntUntil)}`]);
  }
  return rows;
}

function parameters(model: ModelDetailFragment): [string, string][] {
  const { config } = model;
  return [
    ['Factors', String(config.dim)],
    ['Epochs', String(config.epochs)],
    ['Weight of the unseen', String(Number(config.unobserved.toPrecision(3)))],
    ['Regularisation', String(config.lambda)],
    ['Growth with frequency', String(config.nu)],
    ['Seed', config.seed],
    ['Objective', config.objective],
    ['Solver', config.solver],
    ['Trained by', model.trainer],
    ['Events weighed', model.weighing.text ?? 'as by default'],
    ['Room on disk', formatBytes(model.bytes)],
  ];
}
