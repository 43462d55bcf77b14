import { Button } from '@mantine/core';
import { useState } from 'react';
import type { ApiError } from '~/shared/api/api-error';
import { capital } from '~/shared/lib/capital';
import { Notice } from '~/shared/ui/notice';
import { Panel } from '~/shared/ui/panel';
import { Skeleton } from '~/shared/ui/skeleton';
import { useToast } from '~/shared/ui/toast';
import styles from './catalogue.module.css';
import { type Draft, type Group, type Kind, many, type Wrong } from './group';
import { GroupDelete } from './group-delete';
import { GroupFilters } from './group-filters';
import { GroupForm } from './group-form';
import { type GroupSearch, readGroupSearch } from './group-search';
import { GroupTable } from './group-table';

/** Vendors or categories: found, added, changed, deleted. Whoever uses it asks and tells the server. */
export function GroupList({
  kind,
  search,
  onChange,
  total = 0,
  groups,
  error,
  after,
  next,
  onAfter,
  parents,
  save,
  remove,
}: {
  kind: Kind;
  search: GroupSearch;
  onChange(next: GroupSearch): void;
  /** How many there are, on all pages. */
  total: number | undefined;
  /** Those of this page; undefined while they are on their way. */
  groups: Group[] | undefined;
  error: ApiError | undefined;
  /** The cursors of the pages so far. */
  after: string[];
  /** The cursor of the next page. */
  next: string | null | undefined;
  onAfter(after: string[]): void;
  parents?: { value: string; label: string }[];
  save(draft: Draft, group: Group | undefined): Promise<Wrong | undefined>;
  remove(group: Group): Promise<Wrong | undefined>;
}) {
  const [edited, setEdited] = useState<{ group: Group | undefined }>();
  const [deleted, setDeleted] = useState<Group>();
  const say = useToast();
  const change = (change: Record<string, unknown>) => {
    onAfter([]);
    onChange(readGroupSearch({ ...search, ...change }));
  };
  const add = <Button onClick={() => setEdited({ group: undefined })}>{`Add a ${kind}`}</Button>;
  return (
    <>
      <GroupFilters search={search} onChange={change} />
      {error && (
        <Notice tone="failed" title={`The ${many[kind]} cannot be listed now.`}>
          {error.message}
        </Notice>
      )}
      {!groups && !error && <Skeleton height="100dvh" radius="var(--radius-card)" />}
      {groups?.length === 0 && (
        <Notice title={search.q || search.has ? 'Nothing fits.' : `There are no ${many[kind]} yet.`} action={add}>
          {`${capital(many[kind])} come with an import of products, or are added here.`}
        </Notice>
      )}
      {groups && groups.length > 0 && (
        <Panel title={total === 1 ? `One ${kind}` : `${total.toLocaleString('en')} ${many[kind]}`} aside={add}>
          <GroupTable kind={kind} groups={groups} onEdit={(group) => setEdited({ group })} onDelete={setDeleted} />
          {(after.length > 0 || next) && (
            <div className={styles.buttons}>
              <Button variant="default" disabled={after.length === 0} onClick={() => onAfter(after.slice(0, -1))}>
                Back
              </Button>
              <Button variant="default" disabled={!next} onClick={() => next && onAfter([...after, next])}>
                Next
              </Button>
            </div>
          )}
        </Panel>
      )}
      {edited && (
        <GroupForm
          kind={kind}
          group={edited.group}
          parents={parents}
          save={async (draft) => {
            const wrong = await save(draft, edited.group);
            if (wrong) return wrong;
            say(`${draft.name} is saved.`);
            setEdited(undefined);
          }}
          onClose={() => setEdited(undefined)}
        />
      )}
      {deleted && (
        <GroupDelete
          kind={kind}
          group={deleted}
          remove={async () => {
            const wrong = await remove(deleted);
            if (wrong) return wrong;
            say(`${deleted.name} is deleted.`);
            setDeleted(undefined);
          }}
          onClose={() => setDeleted(undefined)}
        />
      )}
    </>
  );
}
