import { type KeyboardEvent, type ReactNode, useDeferredValue, useId, useRef } from 'react';
import { useFlip } from '~/shared/lib/use-flip';
import { useIdle } from '~/shared/lib/use-idle';
import { useMedia } from '~/shared/lib/use-media';
import { Button } from './button';
import { ChevronLeftIcon, ChevronRightIcon } from './icons';
import styles from './row.module.css';

/** A row of cards under a title that says why they are here. It scrolls sideways, by hand, by keys or by its arrows. */
export function Row({
  title,
  note,
  items,
  onHold,
}: {
  title: string;
  note?: ReactNode;
  items: { key: string; card: ReactNode }[];
  /** The visitor points at this card, or has the focus in it; undefined when they left. */
  onHold?: (key: string | undefined) => void;
}) {
  const heading = useId();
  const list = useRef<HTMLUListElement>(null);
  const inSight = useMedia('(max-width: 40rem)') ? 3 : 6;
  const isIdle = useIdle(true); // what is out of sight may come a moment later
  const drawn = useDeferredValue(isIdle ? items : items.slice(0, inSight));
  useFlip(list, drawn.map(({ key }) => key).join(' '));
  const on = useRef<{ pointer?: string; focus?: string }>({});
  const hold = (change: typeof on.current) => {
    Object.assign(on.current, change);
    onHold?.(on.current.pointer ?? on.current.focus);
  };
  const scroll = (direction: number) =>
    list.current?.scrollBy({
      left: direction * list.current.clientWidth * 0.8,
      behavior: isStill() ? 'auto' : 'smooth',
    });
  return (
    <section className={styles.row} aria-labelledby={heading}>
      <header className={styles.header}>
        <h2 id={heading}>{title}</h2>
        {note && <p className={styles.note}>{note}</p>}
        <div className={styles.arrows} aria-hidden>
          <Button kind="quiet" size="small" tabIndex={-1} onClick={() => scroll(-1)}>
            <ChevronLeftIcon size={18} stroke={1.5} />
          </Button>
          <Button kind="quiet" size="small" tabIndex={-1} onClick={() => scroll(1)}>
            <ChevronRightIcon size={18} stroke={1.5} />
          </Button>
        </div>
      </header>
      <ul ref={list} className={styles.list} onKeyDown={walk}>
        {drawn.map(({ key, card }) => (
          <li
            key={key}
            data-key={key}
            className={styles.item}
            onPointerEnter={(event) => event.pointerType === 'mouse' && hold({ pointer: key })}
            onPointerLeave={() => hold({ pointer: undefined })}
            onFocus={() => hold({ focus: key })}
            onBlur={(event) => {
              if (!event.currentTarget.contains(event.relatedTarget)) hold({ focus: undefined });
            }}
          >
            {card}
          </li>
        ))}
      </ul>
    </section>
  );
}

const isStill = () => matchMedia('(prefers-reduced-motion: reduce)').matches;

/** Goes from card to card with the arrow keys, Home and End. */
function walk(event: KeyboardEvent<HTMLUListElement>) {
  const card = (event.target as HTMLElement).closest('li');
  const to: Record<string, Element | null | undefined> = {
    ArrowRight: card?.nextElementSibling,
    ArrowLeft: card?.previousElementSibling,
    Home: event.currentTarget.firstElementChild,
    End: event.currentTarget.lastElementChild,
  };
  const link = to[event.key]?.querySelector('a');
  if (!link) return;
  event.preventDefault();
  link.focus({ preventScroll: true });
  // At once: a smooth way there ends where the row is laid out again.
  link.closest('li')?.scrollIntoView({ block: 'nearest', inline: 'nearest', behavior: 'instant' });
}

/** The place of a row whose cards are on their way. */
export function RowSkeleton({ title }: { title: string }) {
  return (
    <section className={styles.row} aria-busy="true" aria-label={`${title}, loading`}>
      <header className={styles.header}>
        <h2>{title}</h2>
        <p className={styles.note} />
      </header>
      <div className={styles.places} data-loading>
        {Array.from({ length: 6 }, (_, place) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: places have nothing else to be known by
          <span key={place} className={styles.place} />
        ))}
      </div>
    </section>
  );
}
