import { TasteList } from '~/features/taste/taste-list';
import { usePageTitle } from '~/shared/lib/page-title';
import { ShopShelf } from '../shop-shelf';
import styles from './page.module.css';

/** What the shop remembers of the visitor, each thing to be taken back, and what follows from it. */
export function TastePage() {
  usePageTitle('Your taste');
  return (
    <>
      <h1 className={styles.title}>Your taste</h1>
      <p className={styles.lead}>
        What you did decides what you are shown. Take back what should not count: the row below follows at once.
      </p>
      <TasteList>
        <div className={styles.below}>
          <ShopShelf
            title="What follows from it"
            why="What others choose, until the shop knows you better"
            placement="home"
            isLive
          />
        </div>
      </TasteList>
    </>
  );
}
