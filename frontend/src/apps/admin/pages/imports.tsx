import { useNavigate, useSearch } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';
import { FileDrop } from '~/features/imports/file-drop';
import { ImportHistory } from '~/features/imports/import-history';
import { ImportProgress } from '~/features/imports/import-progress';
import { type ImportsSearch, readImportsSearch } from '~/features/imports/imports-search';
import { UploadMapping } from '~/features/imports/upload-mapping';
import { ImportsDocument } from '~/gql/graphql';
import { useGraphql } from '~/shared/api/hooks';
import { usePageTitle } from '~/shared/lib/page-title';
import { Notice } from '~/shared/ui/notice';
import { QueryLink } from '~/shared/ui/query-link';
import styles from './page.module.css';

const shown = { first: 20 };

/** Import: a file in, what its columns are, the import as it goes; the imports before it below. */
export function ImportsPage() {
  usePageTitle('Import', 'console');
  const search = readImportsSearch(useSearch({ strict: false }));
  const navigate = useNavigate();
  const go = (next: ImportsSearch) => void navigate({ to: '/imports', search: next as never });
  const step = search.upload ?? search.import;
  const place = useFocusOnStep(step);
  const state = useGraphql(ImportsDocument, shown);
  const imports = state.data?.imports.edges.map(({ node }) => node) ?? [];
  return (
    <div className={styles.page}>
      <div className={styles.head}>
        <h1>Import</h1>
        <QueryLink document={ImportsDocument} variables={shown} />
      </div>
      <div ref={place} tabIndex={-1} className={styles.step}>
        {search.upload ? (
          <UploadMapping
            key={search.upload}
            uploadId={search.upload}
            kind={search.kind}
            onKind={(kind) => go({ upload: search.upload, kind })}
            onStarted={(id) => {
              state.refresh();
              go({ import: id });
            }}
            onLeave={() => go({})}
          />
        ) : search.import ? (
          <ImportProgress
            key={search.import}
            importId={search.import}
            known={imports.find(({ id }) => id === search.import)}
            onEnded={state.refresh}
            onAnother={() => go({})}
          />
        ) : (
          <FileDrop onSent={(upload) => go({ upload })} />
        )}
      </div>
      {state.error && (
        <Notice tone="failed" title="The imports cannot be listed now.">
          {state.error.message}
        </Notice>
      )}
      {state.data && (
        <ImportHistory
          imports={imports}
          onOpen={(id) => go({ import: id })}
          onChanged={() => {
            state.refresh();
            go({});
          }}
        />
      )}
    </div>
  );
}

/** Moves the focus to where a step shows, when another one takes its place: what had the focus is gone. */
function useFocusOnStep(step: string | undefined) {
  const place = useRef<HTMLDivElement>(null);
  const before = useRef(step);
  useEffect(() => {
    if (before.current !== step) place.current?.focus();
    before.current = step;
  }, [step]);
  return place;
}
