import { useState } from 'react';
import { type FragmentType, readFragment } from '~/gql';
import {
  type ComparisonListsFragment,
  ComparisonListsFragmentDoc,
  type ListedProductFragment,
  ListedProductFragmentDoc,
} from '~/gql/graphql';
import { Panel } from '~/shared/ui/panel';
import { Picture } from '~/shared/ui/picture';
import { formatShare } from './metrics';
import styles from './models.module.css';
import { type Move, movesOf, moveWord } from './moves';

type Sample = ComparisonListsFragment['sample'][number];

/** What either model would show the same customers, with every move drawn. */
export function ListsPanel({ difference: masked }: { difference: FragmentType<typeof ComparisonListsFragmentDoc> }) {
  const { sampled, changed, listable, onlyA, onlyB, sample } = readFragment(ComparisonListsFragmentDoc, masked);
  const customers = sample.toReversed(); // a phone shows the first two
  const [chosen, setChosen] = useState(0);
  const one = customers[chosen];
  return (
    <Panel title="The same customers’ lists">
      <p className={styles.lead}>
        {changed === 0
          ? `No place changes in the first ten of the ${sampled.toLocaleString('en')} who were active last.`
          : `${formatShare(changed)} of the first ten places change, for the ${sampled.toLocaleString('en')} who were active last.`}
      </p>
      <p className={styles.quiet}>
        Both models get the same histories. Of {listable.toLocaleString('en')} products on offer that either knows,{' '}
        {onlyA.toLocaleString('en')} are known to the first alone and {onlyB.toLocaleString('en')} to the second alone.
      </p>
      {one && (
        <div className={styles.listsBox}>
          <ul className={styles.customers} aria-label="Customers, from the list that changes most">
            {customers.map((customer, at) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: sessions have no name of their own, and the order never changes
              <li key={at}>
                <button type="button" aria-pressed={at === chosen} onClick={() => setChosen(at)}>
                  <span>{nameOf(customer)}</span>
                  <span className={styles.quiet}>{formatShare(customer.changed)} changes</span>
                  <span className={styles.changeBar} style={{ inlineSize: `${100 * customer.changed}%` }} />
                </button>
              </li>
            ))}
          </ul>
          <Lists sample={one} />
        </div>
      )}
    </Panel>
  );
}

const nameOf = ({ customer }: Sample) => customer?.name || customer?.externalId || 'A session';

const rowHeight = 52;

function Lists({ sample }: { sample: Sample }) {
  const a = readFragment(ListedProductFragmentDoc, sample.a);
  const b = readFragment(ListedProductFragmentDoc, sample.b);
  const moves = movesOf(a, b);
  const height = Math.max(a.length, b.length) * rowHeight;
  return (
    <div className={styles.lists}>
      <List title="First" side="a" products={a} moves={moves} />
      <svg
        viewBox={`0 0 64 ${height}`}
        height={height}
        preserveAspectRatio="none"
        aria-hidden="true"
        className={styles.moves}
      >
        {moves.map((move) => {
          if (move.from === undefined || move.to === undefined) return null;
          const y1 = (move.from + 0.5) * rowHeight;
          const y2 = (move.to + 0.5) * rowHeight;
          return <path key={move.sku} d={`M0 ${y1} C32 ${y1} 32 ${y2} 64 ${y2}`} data-move={kindOf(move)} />;
        })}
      </svg>
      <List title="Second" side="b" products={b} moves={moves} />
    </div>
  );
}

const kindOf = ({ from, to }: Move) =>
  from === undefined ? 'new' : to === undefined ? 'leaves' : from === to ? 'stays' : to < from ? 'up' : 'down';

function List({
  title,
  side,
  products,
  moves,
}: {
  title: string;
  side: 'a' | 'b';
  products: readonly ListedProductFragment[];
  moves: Move[];
}) {
  return (
    <div>
      <h3 data-side={side} className={styles.key}>
        {title}
      </h3>
      <ol className={styles.list} aria-label={`${title} model’s list`}>
        {products.map(({ sku, name, image }, at) => {
          const move = moves.find((one) => one.sku === sku);
          const word = move ? moveWord(move) : '';
          const isTold = side === 'b' ? word !== 'leaves' : word === 'leaves';
          return (
            <li key={sku} style={{ blockSize: rowHeight }} data-move={move && kindOf(move)}>
              <span className={styles.rank}>{at + 1}</span>
              <span className={styles.thumb}>
                <Picture src={image} />
              </span>
              <span className={styles.listed}>
                <span className={styles.listedName}>{name}</span>
                {isTold && word !== 'stays' && <span className={styles.moveWord}>{word}</span>}
              </span>
            </li>
          );
        })}
      </ol>
    </div>
  );
}
