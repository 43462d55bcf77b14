import { useNavigate } from '@tanstack/react-router';
import { type KeyboardEvent, lazy, Suspense, useId, useRef, useState } from 'react';
import { SearchIcon } from '~/shared/ui/icons';
import styles from './search-box.module.css';

/** What it offers comes when somebody first types. */
const Suggestions = lazy(() => import('./suggestions').then((it) => ({ default: it.Suggestions })));

/**
 * The shop's search: a combobox whose list offers texts, categories, vendors and
 * products while one types. The arrow keys go through the list, Enter takes what
 * is marked or searches for the text, Escape closes the list.
 */
export function SearchBox({ query }: { query: string }) {
  const go = useNavigate();
  const id = useId();
  const list = useRef<HTMLDivElement>(null);
  const [text, setText] = useState(query);
  const [of, setOf] = useState(query);
  const [isOpen, setOpen] = useState(false);
  const [active, setActive] = useState<string>();
  if (of !== query) {
    setOf(query);
    setText(query);
  }
  const close = () => {
    setOpen(false);
    setActive(undefined);
  };
  const search = (q: string) => {
    close();
    void go({ to: '/search', search: q ? { q } : {} });
  };
  const options = () => [...(list.current?.querySelectorAll<HTMLElement>('[role="option"]') ?? [])];
  const move = (step: 1 | -1) => {
    setOpen(text !== '');
    const ids = ['', ...options().map((option) => option.id)]; // the text itself comes before the first
    const at = Math.max(0, ids.indexOf(active ?? ''));
    const next = ids[(at + step + ids.length) % ids.length] || undefined;
    setActive(next);
    if (next) document.getElementById(next)?.scrollIntoView({ block: 'nearest' });
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const chosen = options().find((option) => option.id === active);
    if (event.key === 'ArrowDown') move(1);
    else if (event.key === 'ArrowUp') move(-1);
    else if (event.key === 'Escape' && isOpen) close();
    else if (event.key === 'Enter' && chosen) chosen.click();
    else return;
    event.preventDefault();
  };
  return (
    <search className={styles.place}>
      <form
        className={styles.form}
        action="/search"
        onSubmit={(event) => {
          event.preventDefault();
          search(text.trim());
        }}
      >
        <SearchIcon size={18} stroke={1.5} />
        <input
          type="search"
          name="q"
          role="combobox"
          aria-label="Search the shop"
          aria-autocomplete="list"
          aria-expanded={isOpen}
          aria-controls={isOpen ? id : undefined}
          aria-activedescendant={active}
          autoComplete="off"
          placeholder="Search the shop"
          value={text}
          onChange={(event) => {
            setText(event.target.value);
            setOpen(event.target.value.trim() !== '');
            setActive(undefined);
          }}
          onKeyDown={onKeyDown}
          onBlur={close}
        />
      </form>
      <div ref={list}>
        {isOpen && (
          <Suspense>
            <Suggestions id={id} text={text.trim()} active={active} onSearch={search} onDone={close} />
          </Suspense>
        )}
      </div>
    </search>
  );
}
