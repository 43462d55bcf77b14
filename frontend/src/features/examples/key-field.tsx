import styles from './playground.module.css';

/** Takes a key for the requests that follow. Nothing keeps it but this page. */
export function KeyField({ hasKey, onUse }: { hasKey: boolean; onUse(key: string): void }) {
  return (
    <form
      className={styles.key}
      onSubmit={(event) => {
        event.preventDefault();
        onUse(String(new FormData(event.currentTarget).get('key') ?? '').trim());
      }}
    >
      <label htmlFor="key">Key</label>
      <input
        id="key"
        name="key"
        type="password"
        autoComplete="off"
        placeholder="none: you are a visitor"
        aria-describedby="key-note"
      />
      <button type="submit">Use</button>
      <span id="key-note" role="status" className={styles.quiet}>
        {hasKey
          ? 'Requests carry the key, until you leave this page.'
          : 'Kept in this page’s memory only: gone when you leave.'}
      </span>
    </form>
  );
}
