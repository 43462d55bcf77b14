import { Button } from '@mantine/core';
import { type ImportKind, ImportPreviewDocument } from '~/gql/graphql';
import { useGraphql } from '~/shared/api/hooks';
import { Notice } from '~/shared/ui/notice';
import { Skeleton } from '~/shared/ui/skeleton';
import { MappingForm } from './mapping-form';
import { PreviewTable } from './preview-table';

/** Shows what is in a file that was sent, and asks what its columns are. */
export function UploadMapping({
  uploadId,
  kind,
  onKind,
  onStarted,
  onLeave,
}: {
  uploadId: string;
  kind?: ImportKind;
  onKind(kind: ImportKind): void;
  onStarted(importId: string): void;
  onLeave(): void;
}) {
  const { data, error, isPending } = useGraphql(
    ImportPreviewDocument,
    { input: { uploadId, kind, rows: 8 } },
    { policy: 'cache-first' },
  );
  if (isPending) return <Skeleton height="20rem" radius="var(--radius-card)" />;
  if (error) {
    return (
      <Notice
        tone="failed"
        title="The file cannot be shown."
        action={<Button onClick={onLeave}>Choose another file</Button>}
      >
        {error.message}
      </Notice>
    );
  }
  const preview = data.importPreview;
  return (
    <>
      <PreviewTable preview={preview} />
      <MappingForm key={preview.kind} preview={preview} onKind={onKind} onStarted={onStarted} onLeave={onLeave} />
    </>
  );
}
