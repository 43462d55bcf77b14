import { useState } from 'react';
import type { ListingFacetsFragment, ProductFilter } from '~/gql/graphql';
import { capital } from '~/shared/lib/capital';
import { type ListingSearch, splitAttribute } from '~/shared/lib/listing-search';
import { useMedia } from '~/shared/lib/use-media';
import styles from './listing.module.css';
import { Prices } from './prices';

interface FacetsProps {
  facets: ListingFacetsFragment | undefined;
  search: ListingSearch;
  within?: Pick<ProductFilter, 'categories' | 'vendors'>;
  onChange(change: Partial<ListingSearch>): void;
}

/** The ways to narrow a list: each value says how many products have it. Folded away on a phone. */
export function Facets(props: FacetsProps) {
  const isWide = useMedia('(min-width: 56.0625rem)');
  const [isOpen, setOpen] = useState(false);
  const isShown = isWide || isOpen;
  return (
    <details open={isShown} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary className={styles.facetSummary}>Filters</summary>
      {isShown && <FacetForm {...props} />}
    </details>
  );
}

function FacetForm({ facets, search, within, onChange }: FacetsProps) {
  return (
    <form className={styles.facets} aria-label="Filters" onSubmit={(event) => event.preventDefault()}>
      <label className={styles.value}>
        <input
          type="checkbox"
          checked={search.stock ?? false}
          onChange={(event) => onChange({ stock: event.target.checked || undefined })}
        />
        <span>In stock only</span>
        {facets && <span className={styles.count}>{facets.inStock}</span>}
      </label>
      {facets && <FacetValues facets={facets} search={search} within={within} onChange={onChange} />}
    </form>
  );
}

/** What there is to choose from, once it is known: what came later would move what came before. */
function FacetValues({ facets, search, within, onChange }: FacetsProps & { facets: ListingFacetsFragment }) {
  const categories = facets.categories
    .filter(({ category }) => !within?.categories?.includes(category.slug))
    .map(({ category, count }) => ({ value: category.slug, label: category.name, count }));
  const vendors = facets.vendors
    .filter(({ vendor }) => !within?.vendors?.includes(vendor.slug))
    .map(({ vendor, count }) => ({ value: vendor.slug, label: vendor.name, count }));
  return (
    <>
      <Choices
        legend="Category"
        values={categories}
        chosen={search.category ?? []}
        onChange={(category) => onChange({ category })}
      />
      <Prices bands={facets.prices} search={search} onChange={onChange} />
      <Choices
        legend="Made by"
        values={vendors}
        chosen={search.vendor ?? []}
        onChange={(vendor) => onChange({ vendor })}
      />
      {facets.attributes.map(({ name, values }) => (
        <Choices
          key={name}
          legend={capital(name)}
          values={values.map(({ value, count }) => ({ value: `${name}:${value}`, label: value, count }))}
          chosen={(search.attribute ?? []).filter((pair) => splitAttribute(pair).name === name)}
          onChange={(chosen = []) => {
            const others = (search.attribute ?? []).filter((pair) => splitAttribute(pair).name !== name);
            const attribute = [...others, ...chosen];
            onChange({ attribute: attribute.length > 0 ? attribute : undefined });
          }}
        />
      ))}
    </>
  );
}

function Choices({
  legend,
  values,
  chosen,
  onChange,
}: {
  legend: string;
  values: { value: string; label: string; count: number }[];
  chosen: string[];
  onChange(next: string[] | undefined): void;
}) {
  const [isOpen, setOpen] = useState(false);
  if (values.length < 2 && chosen.length === 0) return null;
  const few = 8;
  const shown = isOpen ? values : values.filter(({ value }, place) => place < few || chosen.includes(value));
  const toggle = (value: string, isOn: boolean) => {
    const next = isOn ? [...chosen, value] : chosen.filter((other) => other !== value);
    onChange(next.length > 0 ? next : undefined);
  };
  return (
    <fieldset className={styles.facet}>
      <legend>{legend}</legend>
      <div className={styles.values}>
        {shown.map(({ value, label, count }) => (
          <label key={value} className={styles.value}>
            <input
              type="checkbox"
              checked={chosen.includes(value)}
              onChange={(event) => toggle(value, event.target.checked)}
            />
            <span>{label}</span>
            <span className={styles.count}>{count}</span>
          </label>
        ))}
      </div>
      {values.length > few && (
        <button type="button" className={styles.more} onClick={() => setOpen(!isOpen)}>
          {isOpen ? 'Show fewer' : `Show all ${values.length}`}
        </button>
      )}
    </fieldset>
  );
}
