import { GraphiQL } from 'graphiql';
import { useMemo, useState } from 'react';
import { useShopName } from '~/shared/api/use-shop-name';
import { usePageTitle } from '~/shared/lib/page-title';
import { examples } from './examples';
import { makeFetcher } from './fetcher';
import styles from './playground.module.css';

const tabs = examples.map(({ query, variables }) => ({ query, variables }));

/** GraphiQL on this server's API, with a key to act as a shop's server or an admin, and worked examples in tabs. */
export function Playground() {
  usePageTitle(undefined, 'playground');
  const shop = useShopName();
  const [key, setKey] = useState('');
  const fetcher = useMemo(() => makeFetcher(key), [key]);
  const asked = useMemo(() => new URLSearchParams(window.location.search), []);
  const query = asked.get('query') ?? undefined;
  return (
    <div className={styles.page}>
      <header className={styles.bar}>
        <h1 className={styles.title}>{shop} playground</h1>
        <form
          className={styles.key}
          onSubmit={(event) => {
            event.preventDefault();
            setKey(String(new FormData(event.currentTarget).get('key') ?? '').trim());
          }}
        >
          <label htmlFor="key">Key</label>
          <input id="key" name="key" type="password" autoComplete="off" placeholder="none: you are a visitor" />
          <button type="submit">Use</button>
          <span role="status" className={styles.quiet}>
            {key ? 'Requests carry the key, until you leave this page.' : ''}
          </span>
        </form>
        <nav aria-label="Elsewhere" className={styles.links}>
          <a href="/">Shop</a>
          <a href="/admin">Console</a>
        </nav>
      </header>
      <main className={styles.editor}>
        <GraphiQL
          fetcher={fetcher}
          defaultTabs={tabs}
          initialQuery={query}
          initialVariables={asked.get('variables') ?? undefined}
          isHeadersEditorEnabled={false}
          shouldPersistHeaders={false}
          showPersistHeadersSettings={false}
        >
          <GraphiQL.Logo>
            <span />
          </GraphiQL.Logo>
        </GraphiQL>
      </main>
    </div>
  );
}
