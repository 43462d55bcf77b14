import type { ImportKind } from '~/gql/graphql';
import { kinds } from './words';

/** What the page shows, as its address says: a file to map, or an import to follow. */
export interface ImportsSearch {
  upload?: string;
  kind?: ImportKind;
  import?: string;
}

/** Reads an address; what makes no sense is left out. */
export function readImportsSearch(raw: Record<string, unknown>): ImportsSearch {
  const text = (value: unknown) => (typeof value === 'string' && value !== '' ? value : undefined);
  return {
    upload: text(raw.upload),
    kind: kinds.find(({ kind }) => kind === raw.kind)?.kind,
    import: text(raw.import),
  };
}
