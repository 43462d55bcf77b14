import { type KeyboardEvent, useRef, useState } from 'react';
import type { ProductFactsFragment } from '~/gql/graphql';
import { Picture } from '~/shared/ui/picture';
import styles from './gallery.module.css';

type Shown = ProductFactsFragment['images'][number];

/**
 * A product's pictures: a strip that shows one at a time, swiped by a finger; below it a button for each, and one to
 * look at it close up. Arrow keys go from one to the next.
 */
export function Gallery({ pictures, drawing, name }: { pictures: Shown[]; drawing: string; name: string }) {
  const [at, setAt] = useState(0);
  const [isNear, setNear] = useState(false);
  const strip = useRef<HTMLUListElement>(null);
  const show = (next: number) => {
    setNear(false);
    setAt(next);
    const { current } = strip;
    if (current) current.scrollLeft = next * current.clientWidth;
  };
  const step = (event: KeyboardEvent) => {
    const by = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    const next = by && pictures[at + by] ? at + by : undefined;
    if (next === undefined) return;
    event.preventDefault();
    show(next);
    const buttons = event.currentTarget.querySelectorAll('button');
    buttons[next]?.focus();
  };
  const wordsOf = (picture: Shown, number: number) =>
    picture.alt || (number === 0 ? name : `${name}, picture ${number + 1}`);
  return (
    <div className={styles.gallery}>
      <ul
        ref={strip}
        className={styles.strip}
        tabIndex={pictures.length > 1 ? 0 : undefined}
        onScroll={({ currentTarget: { scrollLeft, clientWidth } }) => {
          if (clientWidth > 0) setAt(Math.round(scrollLeft / clientWidth));
        }}
      >
        {pictures.map((picture, number) => (
          <li
            key={picture.url}
            className={styles.stage}
            data-view={isNear && number === at ? 'near' : undefined}
            aria-hidden={number !== at}
          >
            <Picture
              src={picture.url}
              fallback={drawing}
              alt={isNear && number === at ? `${wordsOf(picture, number)}, close up` : wordsOf(picture, number)}
              eager={number === 0}
            />
          </li>
        ))}
      </ul>
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset is of a form */}
      <div className={styles.views} role="group" aria-label="Pictures" onKeyDown={step}>
        {pictures.map((picture, number) => (
          <button
            key={picture.url}
            type="button"
            className={styles.view}
            aria-pressed={number === at && !isNear}
            aria-label={pictures.length === 1 ? 'The whole product' : `Picture ${number + 1} of ${pictures.length}`}
            onClick={() => show(number)}
          >
            <Picture src={picture.url} fallback={drawing} />
          </button>
        ))}
        <button
          type="button"
          className={styles.view}
          data-view="near"
          aria-pressed={isNear}
          aria-label="Close up"
          onClick={() => setNear(!isNear)}
        >
          <Picture src={pictures[at]?.url} fallback={drawing} />
        </button>
      </div>
    </div>
  );
}
