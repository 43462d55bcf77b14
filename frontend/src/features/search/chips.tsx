import type { ListingFacetsFragment } from '~/gql/graphql';
import { capital } from '~/shared/lib/capital';
import { type ListingSearch, splitAttribute } from '~/shared/lib/listing-search';
import { CloseIcon } from '~/shared/ui/icons';
import styles from './chips.module.css';
import { rangeLabel } from './prices';

/** No filter chosen: what "clear all" changes an address to. */
export const noFilters: Partial<ListingSearch> = {
  category: undefined,
  vendor: undefined,
  attribute: undefined,
  min: undefined,
  max: undefined,
  stock: undefined,
};

/** Whether an address narrows its list. */
export const isFiltered = (search: ListingSearch) =>
  (Object.keys(noFilters) as (keyof ListingSearch)[]).some((part) => search[part] !== undefined);

/** The filters chosen, each to be taken away by itself or all at once. */
export function Chips({
  search,
  facets,
  onChange,
}: {
  search: ListingSearch;
  facets: ListingFacetsFragment | undefined;
  onChange(change: Partial<ListingSearch>): void;
}) {
  if (!isFiltered(search)) return null;
  const chips = chipsOf(search, facets);
  return (
    <div className={styles.chips}>
      <ul aria-label="Chosen filters">
        {chips.map(({ label, without }) => (
          <li key={label}>
            <button type="button" aria-label={`Remove ${label}`} onClick={() => onChange(without)}>
              {label}
              <CloseIcon size={14} stroke={1.5} aria-hidden />
            </button>
          </li>
        ))}
      </ul>
      <button type="button" className={styles.clear} onClick={() => onChange(noFilters)}>
        Clear all
      </button>
    </div>
  );
}

function chipsOf(search: ListingSearch, facets: ListingFacetsFragment | undefined) {
  const chips: { label: string; without: Partial<ListingSearch> }[] = [];
  const each = (part: 'category' | 'vendor' | 'attribute', labelOf: (value: string) => string) => {
    for (const value of search[part] ?? []) {
      const rest = search[part]?.filter((other) => other !== value) ?? [];
      chips.push({ label: labelOf(value), without: { [part]: rest.length > 0 ? rest : undefined } });
    }
  };
  each('category', (slug) => facets?.categories.find(({ category }) => category.slug === slug)?.category.name ?? slug);
  each('vendor', (slug) => facets?.vendors.find(({ vendor }) => vendor.slug === slug)?.vendor.name ?? slug);
  each('attribute', (pair) => {
    const { name, value } = splitAttribute(pair);
    return `${capital(name)}: ${value}`;
  });
  if (search.min || search.max) {
    const label = rangeLabel(search, facets?.prices[0]?.min.currency ?? 'EUR');
    chips.push({ label, without: { min: undefined, max: undefined } });
  }
  if (search.stock) chips.push({ label: 'In stock', without: { stock: undefined } });
  return chips;
}
