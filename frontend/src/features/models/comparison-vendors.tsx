import { type FragmentType, readFragment } from '~/gql';
import { type ComparisonVendorsFragment, ComparisonVendorsFragmentDoc } from '~/gql/graphql';
import { Panel } from '~/shared/ui/panel';
import styles from './models.module.css';

const shown = 6;

/** The vendors whose share of attention changes most: those who gain, those who lose. */
export function VendorsPanel({ judgement: masked }: { judgement: FragmentType<typeof ComparisonVendorsFragmentDoc> }) {
  const { vendors } = readFragment(ComparisonVendorsFragmentDoc, masked);
  const changing = vendors.filter(({ a, b }) => Math.abs(b - a) >= 0.00005);
  const gain = changing.filter(({ a, b }) => b > a).slice(0, shown);
  const lose = changing.filter(({ a, b }) => b < a).slice(0, shown);
  const span = Math.max(0.000001, ...changing.map(({ a, b }) => Math.abs(b - a)));
  return (
    <Panel title="Vendors that gain and lose">
      {changing.length === 0 ? (
        <p>Every vendor keeps its share of the places.</p>
      ) : (
        <>
          <p className={styles.quiet}>
            Each vendor’s share of attention in the lists, higher places counting more; bars from zero, in points of a
            hundred.
          </p>
          <div className={styles.vendors}>
            <Side title="Gain" vendors={gain} span={span} />
            <Side title="Lose" vendors={lose} span={span} />
          </div>
        </>
      )}
    </Panel>
  );
}

function Side({
  title,
  vendors,
  span,
}: {
  title: string;
  vendors: readonly ComparisonVendorsFragment['vendors'][number][];
  span: number;
}) {
  return (
    <div data-side={title === 'Gain' ? 'b' : 'a'}>
      <h3>{title}</h3>
      {vendors.length === 0 && <p className={styles.quiet}>None.</p>}
      <ul className={styles.vendorList}>
        {vendors.map(({ slug, vendor, a, b }) => (
          <li key={slug}>
            <span>{vendor?.name ?? slug}</span>
            <span className={styles.vendorFigure}>
              {b > a ? '+' : '−'}
              {(100 * Math.abs(b - a)).toFixed(2)}
              <span className={styles.quiet}>
                {' '}
                {(100 * a).toFixed(1)} → {(100 * b).toFixed(1)} %
              </span>
            </span>
            <span className={styles.vendorBar} style={{ inlineSize: `${(100 * Math.abs(b - a)) / span}%` }} />
          </li>
        ))}
      </ul>
    </div>
  );
}
