import { Table } from '@mantine/core';
import type { ReactNode } from 'react';

/** A table that may be wider than its place: it scrolls there, by keyboard too. */
export function WideTable({
  name,
  minWidth,
  className,
  children,
}: {
  name: string;
  minWidth: number;
  className?: string;
  children: ReactNode;
}) {
  return (
    <Table.ScrollContainer
      minWidth={minWidth}
      scrollAreaProps={{ viewportProps: { tabIndex: 0, role: 'region', 'aria-label': name } }}
    >
      <Table className={className}>{children}</Table>
    </Table.ScrollContainer>
  );
}
