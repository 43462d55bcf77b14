import { GraphiQL } from 'graphiql';
import { useMemo, useRef, useState } from 'react';
import { useShopName } from '~/shared/api/use-shop-name';
import { usePageTitle } from '~/shared/lib/page-title';
import { EditorHands } from './editor-hands';
import { EditorScheme, editorTheme } from './editor-scheme';
import type { Example } from './example';
import { groups } from './examples';
import { ExamplesPanel } from './examples-panel';
import { makeFetcher } from './fetcher';
import { KeyField } from './key-field';
import { type Opened, openExample } from './open-example';
import styles from './playground.module.css';
import { usePlainTabs } from './use-plain-tabs';

/** GraphiQL on this server's API, with a key to act as a shop's server or an admin, and worked examples beside it. */
export function Playground() {
  usePageTitle(undefined, 'playground');
  const shop = useShopName();
  const [key, setKey] = useState('');
  const fetcher = useMemo(() => makeFetcher(key), [key]);
  const asked = useMemo(() => new URLSearchParams(window.location.search), []);
  const [example, setExample] = useState<Example | null>(null);
  const [opened, setOpened] = useState<Opened | null>(null);
  const [isOpening, setOpening] = useState(false);
  const [isListOpen, setListOpen] = useState(false);
  const editor = useRef<HTMLDivElement>(null);
  usePlainTabs(editor);
  const open = async (next: Example) => {
    setExample(next);
    setOpened(null);
    setOpening(true);
    const filled = await openExample(next, key);
    setOpened(filled);
    if (!filled.obstacle) setListOpen(false); // on a phone it stands before the editor
  };
  return (
    <div className={styles.page}>
      <header className={styles.bar}>
        <h1 className={styles.title}>{shop} playground</h1>
        <KeyField hasKey={key !== ''} onUse={setKey} />
        <nav aria-label="Elsewhere" className={styles.links}>
          <a href="/">Shop</a>
          <a href="/admin">Console</a>
        </nav>
      </header>
      <main className={styles.main}>
        <button
          type="button"
          className={styles.toggle}
          aria-expanded={isListOpen}
          aria-controls="examples"
          onClick={() => setListOpen(!isListOpen)}
        >
          {isListOpen ? 'Close the examples' : `Examples${example ? `: ${example.title}` : ''}`}
        </button>
        <div id="examples" className={styles.list} data-open={isListOpen}>
          <ExamplesPanel
            opened={example}
            obstacle={opened?.obstacle ?? null}
            isOpening={isOpening}
            onOpen={(next) => void open(next)}
          />
        </div>
        <div ref={editor} className={styles.editor} data-behind={isListOpen}>
          <GraphiQL
            fetcher={fetcher}
            editorTheme={editorTheme}
            initialQuery={asked.get('query') ?? groups[0]?.examples[0]?.query.trim()}
            initialVariables={asked.get('variables') ?? undefined}
            defaultEditorToolsVisibility="variables"
            isHeadersEditorEnabled={false}
            shouldPersistHeaders={false}
            showPersistHeadersSettings={false}
          >
            <GraphiQL.Logo>
              <span />
            </GraphiQL.Logo>
            <GraphiQL.Toolbar>
              {({ prettify, copy, merge }) => (
                <>
                  {prettify}
                  {merge}
                  {copy}
                  <EditorHands opened={opened} onWritten={() => setOpening(false)} />
                  <EditorScheme />
                </>
              )}
            </GraphiQL.Toolbar>
          </GraphiQL>
        </div>
      </main>
    </div>
  );
}
