import { useState } from 'react';
import { Picture } from '~/shared/ui/picture';
import styles from './gallery.module.css';

const views = { whole: 'The whole product', near: 'Close up' };

/** A product's picture, whole or close up. */
export function Gallery({ image, name }: { image: string; name: string }) {
  const [view, setView] = useState<keyof typeof views>('whole');
  return (
    <div className={styles.gallery}>
      <div className={styles.stage} data-view={view}>
        <Picture src={image} alt={view === 'near' ? `${name}, close up` : name} eager />
      </div>
      <div className={styles.views}>
        {(Object.keys(views) as (keyof typeof views)[]).map((one) => (
          <button
            key={one}
            type="button"
            className={styles.view}
            data-view={one}
            aria-pressed={view === one}
            aria-label={views[one]}
            onClick={() => setView(one)}
          >
            <Picture src={image} />
          </button>
        ))}
      </div>
    </div>
  );
}
