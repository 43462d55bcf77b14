import { Button, NativeSelect, TextInput } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { readFragment } from '~/gql';
import { type ModelRowFragment, ModelRowFragmentDoc, ModelsDocument, type ModelsQueryVariables } from '~/gql/graphql';
import { useGraphql } from '~/shared/api/hooks';
import { useKept } from '~/shared/lib/use-kept';
import filters from '~/shared/ui/filters.module.css';
import { Notice } from '~/shared/ui/notice';
import { Panel } from '~/shared/ui/panel';
import { Skeleton } from '~/shared/ui/skeleton';
import { DeleteDialog } from './delete-dialog';
import { type ModelSearch, modelStates, readModelSearch } from './model-search';
import { modelWord } from './model-state';
import { ModelTable } from './model-table';
import styles from './models.module.css';
import { SwitchDialog } from './switch-dialog';

/** What to ask for the list of models. */
export const modelVariables = (search: ModelSearch): ModelsQueryVariables => ({
  first: 100,
  filter: { states: search.state && [search.state], query: search.q },
  sort: search.sort ?? 'NEWEST',
});

/** All models, with promote, roll back and delete, and the choice of two to compare; all in the address. */
export function ModelList({ search, onChange }: { search: ModelSearch; onChange(next: ModelSearch): void }) {
  const { data, error, refresh } = useGraphql(ModelsDocument, modelVariables(search));
  const [asked, setAsked] = useState<{ what: 'switch' | 'delete'; model: ModelRowFragment }>();
  const kept = useKept(data?.models);
  const change = (next: Record<string, unknown>) => onChange(readModelSearch({ ...search, ...next }));
  const models = kept?.edges.map(({ node }) => readFragment(ModelRowFragmentDoc, node));
  const close = (isDone: boolean) => {
    setAsked(undefined);
    if (isDone) refresh();
  };
  const isFiltered = search.q !== undefined || search.state !== undefined;
  return (
    <>
      <Filters search={search} onChange={change} />
      {error && (
        <Notice
          tone="failed"
          title="The models cannot be listed now."
          action={<Button onClick={refresh}>Try again</Button>}
        >
          {error.message}
        </Notice>
      )}
      {!models && !error && <Skeleton height="14rem" radius="var(--radius-card)" />}
      {models?.length === 0 &&
        (isFiltered ? (
          <Notice title="No model fits.">Take a filter away.</Notice>
        ) : (
          <Notice title="There is no model yet." action={<Link to="/training">Train the first model</Link>}>
            Until there is one, shoppers see best-sellers and what is new.
          </Notice>
        ))}
      {models && models.length > 0 && (
        <Panel
          title={models.length === 1 ? 'One model' : `${models.length} models`}
          aside={<CompareLink chosen={search.chosen ?? []} models={models} />}
        >
          <ModelTable
            models={models}
            chosen={search.chosen ?? []}
            onChoose={(chosen) => change({ chosen })}
            onSwitch={(model) => setAsked({ what: 'switch', model })}
            onDelete={(model) => setAsked({ what: 'delete', model })}
          />
        </Panel>
      )}
      {asked?.what === 'switch' && <SwitchDialog modelId={asked.model.id} onClose={close} />}
      {asked?.what === 'delete' && <DeleteDialog model={asked.model} onClose={close} />}
    </>
  );
}

/** The way to the comparison: the live one, or else the older one, comes first. */
function CompareLink({ chosen, models }: { chosen: string[]; models: ModelRowFragment[] }) {
  const pair = models.filter(({ id }) => chosen.includes(id));
  const [first, second] = pair.sort((a, b) =>
    a.state === 'LIVE' ? -1 : b.state === 'LIVE' ? 1 : a.createdAt.localeCompare(b.createdAt),
  );
  if (!first || !second) return <span className={styles.quiet}>Choose two to compare.</span>;
  return (
    <Link to="/models/compare" search={{ a: first.id, b: second.id } as never} className={styles.go}>
      Compare the two
    </Link>
  );
}

function Filters({ search, onChange }: { search: ModelSearch; onChange(next: Record<string, unknown>): void }) {
  return (
    <form
      className={filters.bar}
      onSubmit={(event) => {
        event.preventDefault();
        onChange({ q: String(new FormData(event.currentTarget).get('q') ?? '').trim() });
      }}
    >
      <TextInput key={search.q} name="q" label="Search" type="search" defaultValue={search.q} />
      <NativeSelect
        label="State"
        value={search.state ?? ''}
        onChange={(event) => onChange({ state: event.currentTarget.value })}
        data={[{ value: '', label: 'All' }, ...modelStates.map((value) => ({ value, label: modelWord(value).word }))]}
      />
      <NativeSelect
        label="Order"
        value={search.sort ?? 'NEWEST'}
        onChange={(event) => onChange({ sort: event.currentTarget.value })}
        data={[
          { value: 'NEWEST', label: 'Newest' },
          { value: 'OLDEST', label: 'Oldest' },
          { value: 'RECALL', label: 'Recall@20' },
          { value: 'NDCG', label: 'nDCG@20' },
          { value: 'SIZE', label: 'Size' },
        ]}
      />
    </form>
  );
}
