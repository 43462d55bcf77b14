import { Pipes } from '~/features/transporter/pipes';
import { TransporterDocument } from '~/gql/graphql';
import { usePageTitle } from '~/shared/lib/page-title';
import { QueryLink } from '~/shared/ui/query-link';
import styles from './page.module.css';

/** How far each pipe is behind. */
export function TransporterPage() {
  usePageTitle('Transporter', 'console');
  return (
    <div className={styles.page}>
      <div className={styles.head}>
        <h1>Transporter</h1>
        <QueryLink document={TransporterDocument} variables={{}} />
      </div>
      <Pipes />
    </div>
  );
}
