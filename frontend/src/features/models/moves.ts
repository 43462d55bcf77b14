/** Where a product went between two lists; a place counts from 0. */
export interface Move {
  sku: string;
  from: number | undefined;
  to: number | undefined;
}

/** The way of every product of either list, those of the first list first. */
export function movesOf(a: readonly { sku: string }[], b: readonly { sku: string }[]): Move[] {
  const place = (list: readonly { sku: string }[], sku: string) => {
    const at = list.findIndex((one) => one.sku === sku);
    return at < 0 ? undefined : at;
  };
  return [
    ...a.map(({ sku }, from) => ({ sku, from, to: place(b, sku) })),
    ...b.flatMap(({ sku }, to) => (place(a, sku) === undefined ? [{ sku, from: undefined, to }] : [])),
  ];
}

/** A move in words: "up 3", "new", "leaves", "stays". */
export function moveWord({ from, to }: Move): string {
  if (from === undefined) return 'new';
  if (to === undefined) return 'leaves';
  if (from === to) return 'stays';
  return to < from ? `up ${from - to}` : `down ${to - from}`;
}
