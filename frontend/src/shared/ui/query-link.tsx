import type { TypedDocumentString } from '~/gql/graphql';
import styles from './query-link.module.css';

/** The way from a page to its own query in the playground. */
export function QueryLink<Data, Variables>({
  document,
  variables,
}: {
  document: TypedDocumentString<Data, Variables>;
  variables: Variables;
}) {
  const search = new URLSearchParams({
    query: document.toString().trim(),
    variables: JSON.stringify(variables, null, 2),
  });
  return (
    <a href={`/playground?${search}`} className={styles.link}>
      This page’s query
    </a>
  );
}
