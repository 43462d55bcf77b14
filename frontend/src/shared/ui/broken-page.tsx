import { Button } from './button';
import { Notice } from './notice';

/** What stands in place of a page that threw: a chunk that could not be loaded, or a mistake of ours. */
export function BrokenPage({ error }: { error: unknown }) {
  return (
    <Notice
      tone="failed"
      title="This page broke."
      action={<Button onClick={() => window.location.reload()}>Load it again</Button>}
    >
      {error instanceof Error ? error.message : 'The server’s log may say more.'}
    </Notice>
  );
}
