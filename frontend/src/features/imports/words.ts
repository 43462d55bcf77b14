import type { ImportKind, ImportPhase, ImportState } from '~/gql/graphql';
import { duration } from '~/shared/lib/time';
import type { Tone } from '~/shared/ui/state-dot';

const states: Record<ImportState, { word: string; tone: Tone }> = {
  QUEUED: { word: 'Waiting', tone: 'quiet' },
  RUNNING: { word: 'Running', tone: 'running' },
  DONE: { word: 'Done', tone: 'good' },
  FAILED: { word: 'Failed', tone: 'failed' },
  CANCELLED: { word: 'Stopped', tone: 'quiet' },
};

/** A state in words, with its light. */
export const stateWord = (state: ImportState) => states[state];

export const isFinal = (state: ImportState) => state === 'DONE' || state === 'FAILED' || state === 'CANCELLED';

/** What rows can be, in words. */
export const kinds: { kind: ImportKind; word: string; about: string }[] = [
  { kind: 'PRODUCTS', word: 'Products', about: 'One row a product, with its vendor and category.' },
  { kind: 'CUSTOMERS', word: 'Customers', about: 'One row a customer.' },
  { kind: 'EVENTS', word: 'Events', about: 'What happened: lines of orders, views, ratings.' },
];

export const kindWord = (kind: ImportKind) => kinds.find((one) => one.kind === kind)?.word ?? kind;

/** What a running import does, in its order. */
export const phases: { phase: ImportPhase; word: string }[] = [
  { phase: 'READ', word: 'Read' },
  { phase: 'CHECK', word: 'Check' },
  { phase: 'WRITE', word: 'Write' },
  { phase: 'PUBLISH', word: 'Publish' },
];

/** A count with its thousands apart. */
export const count = (n: number) => n.toLocaleString('en');

/** A size in bytes, for people. */
export function size(bytes: number): string {
  if (bytes < 1000) return `${bytes} bytes`;
  if (bytes < 1_000_000) return `${(bytes / 1000).toFixed(0)} kB`;
  return `${(bytes / 1_000_000).toFixed(1)} MB`;
}

/** How long an import took, in words. */
export function took({ startedAt, endedAt }: { startedAt?: string | null; endedAt?: string | null }): string {
  if (!startedAt || !endedAt) return '–';
  return duration(new Date(endedAt).getTime() - new Date(startedAt).getTime());
}
