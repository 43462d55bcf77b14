import { type ReactNode, useState } from 'react';
import { ConsoleSessionDocument } from '~/gql/graphql';
import { useGraphql } from '~/shared/api/hooks';
import { Notice } from '~/shared/ui/notice';
import { KeyForm } from './key-form';

/** Lets the holder of an ADMIN key through, and asks all others for one. */
export function Gate({ children }: { children: ReactNode }) {
  const { data, error, isPending, refresh } = useGraphql(ConsoleSessionDocument, {});
  const [opened, setOpened] = useState(0);
  if (isPending) return <p role="status">Opening the console…</p>;
  if (error && error.code !== 'UNAUTHENTICATED' && error.code !== 'FORBIDDEN') {
    return (
      <Notice tone="failed" title="The console cannot reach the server.">
        {error.message}
      </Notice>
    );
  }
  if (data?.viewer.role === 'ADMIN') return children;
  return (
    <KeyForm
      key={opened}
      tooSmall={data?.viewer.role === 'SHOP'}
      onOpened={() => {
        setOpened(opened + 1);
        refresh();
      }}
    />
  );
}
