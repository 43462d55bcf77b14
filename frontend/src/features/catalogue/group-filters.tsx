import { Button, NativeSelect, TextInput } from '@mantine/core';
import filters from '~/shared/ui/filters.module.css';
import type { GroupSearch } from './group-search';

/** Search, filter and order of a table of vendors or categories, and the way to add one. */
export function GroupFilters({
  search,
  onChange,
}: {
  search: GroupSearch;
  onChange(next: Record<string, unknown>): void;
}) {
  return (
    <form
      className={filters.bar}
      onSubmit={(event) => {
        event.preventDefault();
        onChange({ q: String(new FormData(event.currentTarget).get('q') ?? '').trim() });
      }}
    >
      <TextInput key={search.q} name="q" label="Search" type="search" defaultValue={search.q} />
      <NativeSelect
        label="Products"
        value={search.has ?? ''}
        onChange={(event) => onChange({ has: event.currentTarget.value })}
        data={[
          { value: '', label: 'All' },
          { value: 'yes', label: 'Some on offer' },
          { value: 'no', label: 'None on offer' },
        ]}
      />
      <NativeSelect
        label="Order"
        value={search.sort ?? 'NAME'}
        onChange={(event) => onChange({ sort: event.currentTarget.value })}
        data={[
          { value: 'NAME', label: 'Name' },
          { value: 'PRODUCT_COUNT', label: 'Most products' },
        ]}
      />
      <Button type="submit" variant="default">
        Find
      </Button>
    </form>
  );
}
