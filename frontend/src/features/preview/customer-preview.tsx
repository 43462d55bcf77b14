import { Table } from '@mantine/core';
import { CustomerPreviewDocument, type CustomerPreviewQuery } from '~/gql/graphql';
import { useGraphql } from '~/shared/api/hooks';
import { exactTime, relativeTime } from '~/shared/lib/time';
import { Notice } from '~/shared/ui/notice';
import { Panel } from '~/shared/ui/panel';
import { Picture } from '~/shared/ui/picture';
import { Skeleton } from '~/shared/ui/skeleton';
import styles from './preview.module.css';

type Answer = NonNullable<CustomerPreviewQuery['recommendations']>;

/** What a customer would be shown right now in a place, each product with its source and its reasons. */
export function CustomerPreview({ customer, placement }: { customer: string; placement: string }) {
  const { data, error, isPending } = useGraphql(CustomerPreviewDocument, { customer, placement, first: 20 });
  if (isPending) return <Skeleton height="24rem" radius="var(--radius-card)" />;
  if (error || !data.recommendations) {
    return (
      <Notice tone="failed" title="There is no answer now.">
        {error?.message}
      </Notice>
    );
  }
  const answer = data.recommendations;
  return (
    <>
      <HowServed answer={answer} />
      {answer.edges.length === 0 ? (
        <Notice title="Nothing would be shown.">No source of this place has anything for this customer.</Notice>
      ) : (
        <Panel title={`What ${customer} would be shown`}>
          <Table.ScrollContainer minWidth={720}>
            <Table>
              <Table.Thead>
                <Table.Tr>
                  <Table.Th colSpan={2}>Product</Table.Th>
                  <Table.Th>Source</Table.Th>
                  <Table.Th className={styles.number}>Score</Table.Th>
                  <Table.Th>Why, with the parts of the score</Table.Th>
                </Table.Tr>
              </Table.Thead>
              <Table.Tbody>
                {answer.edges.map((edge) => (
                  <Line key={edge.node.sku} edge={edge} />
                ))}
              </Table.Tbody>
            </Table>
          </Table.ScrollContainer>
        </Panel>
      )}
    </>
  );
}

function HowServed({ answer: { freshness, model } }: { answer: Answer }) {
  const now = new Date();
  const facts: [string, string][] = [
    ['Served', freshness.served],
    ['Model', model?.name.slice(0, 8) ?? 'none'],
    ['Model knows until', freshness.trainedAt ? relativeTime(freshness.trainedAt, now) : '–'],
    ['Customer known until', freshness.profileThrough ? relativeTime(freshness.profileThrough, now) : 'a stranger'],
    ['Not counted yet', `${freshness.pendingEvents} events`],
    ['Took', `${freshness.tookMs.toFixed(1)} ms`],
  ];
  if (freshness.late.length > 0) facts.push(['Late sources', freshness.late.join(', ')]);
  return (
    <dl className={styles.served}>
      {facts.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

function Line({ edge: { node, source, score, reasons } }: { edge: Answer['edges'][number] }) {
  return (
    <Table.Tr>
      <Table.Td className={styles.picture}>
        <Picture src={node.image} />
      </Table.Td>
      <Table.Td>
        <strong>{node.name}</strong>
        <span className={styles.quiet}>
          <code>{node.sku}</code> {node.vendor?.name}
        </span>
      </Table.Td>
      <Table.Td>{source}</Table.Td>
      <Table.Td className={styles.number}>{score.toPrecision(4)}</Table.Td>
      <Table.Td>
        <ul className={styles.reasons}>
          {reasons.map((reason) => (
            <li key={reason.event?.id ?? reason.text}>
              {typeof reason.share === 'number' && (
                <span className={styles.share} data-against={reason.share < 0 || undefined}>
                  {reason.share < 0 ? '−' : '+'}
                  {Math.abs(reason.share).toFixed(3)}
                </span>
              )}
              <span title={reason.event ? `${reason.event.type}, ${exactTime(reason.event.occurredAt)}` : undefined}>
                {reason.product?.name ?? reason.text}
              </span>
            </li>
          ))}
        </ul>
      </Table.Td>
    </Table.Tr>
  );
}
